"""Is a bulletin parted into its items, and what looks like one left whole? Invented files."""

import json
from pathlib import Path

import pytest

from toolkit import clean, load

HERE = Path(__file__).parent / "lines"
MARKS = "◆●■★▲○◎※□◇》>"


def bare(text):
    return "".join(clean.normalise(text or "").split())


def told(name):
    lines = (HERE / f"{name}.jsonl").read_text("utf8").splitlines()
    return {f"{n:02}.txt": json.loads(line) for n, line in enumerate(lines)}


def read(folder, texts):
    for name, text in texts.items():
        (folder / name).write_text(text, "utf8")
    docs, audit = load.folder(folder, jobs=1)
    kept = audit[["chars_kept", "chars_head", "chars_furniture", "chars_repeated"]].sum(axis=1)
    assert (kept == audit["chars_in"]).all()
    assert not audit["status"].eq("failed").any()
    return docs.astype(object).where(docs.notna(), None)


@pytest.fixture(scope="module")
def bulletins(tmp_path_factory):
    truth = told("bulletins")
    docs = read(tmp_path_factory.mktemp("b"), {name: one["text"] for name, one in truth.items()})
    return [(one["items"], docs[docs["path"] == name]) for name, one in truth.items()]


def test_the_items_of_a_bulletin_are_documents(bulletins):
    parted = [(items, rows) for items, rows in bulletins if len(items) == len(rows)]
    assert len(parted) >= 32  # of 40
    assert not [items for items, rows in bulletins if len(rows) > len(items)]
    for items, rows in parted:
        for item, (_, row) in zip(items, rows.iterrows(), strict=True):
            begins = bare(item["begins"]).lstrip(MARKS)[-6:]
            assert begins in bare(row["title"])[:60] + bare(row["text"])[:60]


def test_each_item_has_the_province_of_its_own_place(bulletins):
    pairs = [
        (item["province"], row["province"])
        for items, rows in bulletins
        if len(items) == len(rows)
        for item, (_, row) in zip(items, rows.iterrows(), strict=True)
    ]
    assert not [pair for pair in pairs if pair[1] not in (pair[0], None)]
    assert len([pair for pair in pairs if pair[1] is None]) <= 3


def test_no_word_of_a_bulletin_is_lost(bulletins):
    for items, rows in bulletins:
        text = "".join(bare(row["title"]) + bare(row["text"]) for _, row in rows.iterrows())
        assert not [item["begins"] for item in items if bare(item["begins"]).lstrip(MARKS)[-6:] not in text]


def test_one_document_with_headings_of_the_same_mark_stays_whole(tmp_path):
    truth = told("no_bulletins")
    docs = read(tmp_path, {name: one["text"] for name, one in truth.items()})
    assert docs["path"].tolist() == sorted(truth)


ITEMS = ["海宁市推行渔船编组，登记船主两百人。", "桐乡市清查出租房屋，整改隐患三十处。"]
ITEMS += ["平湖市开办夜间法庭，当庭调解六起。"]


@pytest.mark.parametrize(
    ("top", "mark", "count"),
    [
        ("嘉兴政法动态（第3期）", "◆", 3),
        ("嘉兴政法动态", "1.", 3),
        ("关于报送政法动态的通知", "◆", 1),  # no name of a bulletin
        ("嘉兴市公安局三年行动方案", "◆", 1),
    ],
)
def test_a_bulletin_has_a_name_of_one(tmp_path, top, mark, count):
    marks = [f"{n}." for n in (1, 2, 3)] if mark == "1." else [mark] * 3
    text = "\n".join([top, *(f"{mark}{item}{item}" for mark, item in zip(marks, ITEMS, strict=True))])
    docs = read(tmp_path, {"a.txt": text})
    assert len(docs) == count
    if count == 3:
        assert docs["province"].tolist() == ["33"] * 3
        assert docs["text"].str[:3].tolist() == ["海宁市", "桐乡市", "平湖市"]


def test_rules_part_the_items_of_a_bulletin_alone(tmp_path):
    text = "\n=====\n".join(item * 2 for item in ITEMS)
    assert len(read(tmp_path, {"a.txt": f"嘉兴政法动态\n{text}"})) == 3
    assert len(read(tmp_path, {"a.txt": text})) == 1
    assert len(read(tmp_path, {"a.txt": f"嘉兴政法动态\n=====\n{text}\n=====\n=====\n"})) == 3
    assert len(read(tmp_path, {"a.txt": "嘉兴政法动态\n" + "\n=====\n".join([ITEMS[0] * 2] * 3)})) == 1


def test_items_of_which_one_has_no_place_are_no_bulletin(tmp_path):
    items = [*ITEMS[:2], "各级要落实责任，层层抓好落实，确保取得实效。"]
    docs = read(tmp_path, {"a.txt": "嘉兴政法动态\n" + "\n".join(f"◆{item}{item}" for item in items)})
    assert len(docs) == 1


INTRO = "近年来，嘉兴市坚持以人民为中心，统筹推进城乡治理，形成了一批做法。"


@pytest.mark.parametrize(
    "top",
    [
        f"今日要闻\n嘉兴推进城乡治理一体化\n发布时间：2023-05-06 来源：样本日报\n{INTRO}",
        f"嘉兴政法动态（第3期）\n嘉兴市“三治融合”的做法与启示\n{INTRO}",
        "嘉兴政法动态\n主要城市治理情况",
        "嘉兴政法动态\n会议听取了各地汇报，议定事项如下：",
        f"嘉兴政法动态\n编者按：{INTRO}",
        "嘉兴市食品安全抽检不合格信息",
    ],
)
def test_one_text_with_sections_on_places_stays_whole(tmp_path, top):
    items = "\n".join(f"（{n}）{item}{item}" for n, item in zip("一二三", ITEMS, strict=True))
    docs = read(tmp_path, {"a.txt": f"{top}\n{items}"})
    assert len(docs) == 1
    assert all(item in docs["text"].item() for item in ITEMS)


def test_the_contents_and_the_sections_of_a_bulletin_are_no_items(tmp_path):
    heads = [f"{item[:3]}推行新法" for item in ITEMS]
    contents = "\n".join(f"{n}.{head}" for n, head in enumerate(heads, 1))
    items = "\n二、各地\n".join(
        f"◆{head}\n{item}{item}\n①压实责任" for head, item in zip(heads, ITEMS, strict=True)
    )
    docs = read(tmp_path, {"a.txt": f"嘉兴政法动态\n第3期\n样本办公室编 2021年4月12日\n{contents}\n{items}"})
    assert docs["title"].tolist() == heads
    assert docs["date"].tolist() == ["2021-04-12"] * 3
    assert docs["text"].str.endswith("①压实责任").all()
