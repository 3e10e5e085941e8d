"""Is every province known by each of its names, and does the grid keep neighbours together?"""

import pytest

from toolkit import places


def test_there_are_31_and_the_centre():
    assert len(places.provinces()) == 31
    assert places.provinces(centre=True)["province"].iloc[0] == "00"
    assert places.provinces()["province"].is_monotonic_increasing


def test_no_name_means_two_provinces():
    table = places.provinces(centre=True)
    for column in ("province", "name", "short", "abbr", "en", "pinyin"):
        assert table[column].is_unique, column


@pytest.mark.parametrize("lang", ["zh", "short", "abbr", "en", "pinyin"])
def test_code_and_label_undo_each_other(lang):
    for code in places.provinces(centre=True)["province"]:
        assert places.code(places.label(code, lang=lang)) == code


def test_shanxi_is_not_shaanxi():
    assert (places.code("山西"), places.code("陕西"), places.code("shaanxi")) == ("14", "61", "61")


def test_the_grid_has_a_place_for_each_and_neighbours_stay_close():
    table = places.provinces().set_index("short")
    assert not table.duplicated(["row", "col"]).any()
    assert table[["row", "col"]].min().tolist() == [1, 1]
    borders = "北京-河北 山东-河南 浙江-福建 广东-海南 四川-重庆 湖北-湖南 甘肃-青海 江苏-上海 吉林-黑龙江"
    for border in borders.split():
        one, other = (table.loc[name] for name in border.split("-"))
        assert abs(one["row"] - other["row"]) + abs(one["col"] - other["col"]) <= 2, border


def test_an_unknown_province_is_named_with_what_there_is():
    with pytest.raises(ValueError, match=r"province='江浙' is unknown; choose one of: .*浙江"):
        places.code("江浙")
    with pytest.raises(ValueError, match=r"lang='fr' is unknown; choose one of: abbr, en, pinyin, short, zh"):
        places.label("33", lang="fr")
