"""Is a document dated by what it says, and left undated where it does not say?"""

import csv
import io
import json
import random
import re
import tarfile
import zipfile
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit import load, places
from toolkit.load import _calendar, _clock, _dates

REAL = Path(__file__).parents[1].parent / "shared" / "real"
real = pytest.mark.skipif(not REAL.exists(), reason="the real documents are not here")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019年3月5日", "2019-03-05"),
        ("2019-03-05", "2019-03-05"),
        ("2019.3.5", "2019-03-05"),
        ("2019/3/5", "2019-03-05"),
        ("２０１９年３月５日", "2019-03-05"),
        ("1 9 9 8 年3 月5 日", "1998-03-05"),
        ("二〇一九年三月五日", "2019-03-05"),
        ("二○一九年十二月三十一日", "2019-12-31"),
        ("二零一九年十月廿三日", "2019-10-23"),
        ("2019年 3月 5日", "2019-03-05"),
    ],
)
def test_one_day_in_many_hands(written, day):
    ((start, end, low, high),) = _dates.find(f"于{written}印发")
    assert low == high == date.fromisoformat(day)
    assert f"于{written}印发"[start:end] == written


@pytest.mark.parametrize("written", ["2月30日", "2019年2月29日", "210日", "3个月", "近30年来", "第3月"])
def test_what_is_no_date_is_not_found(written):
    assert _dates.find(written, reference=date(2020, 6, 1)) == []


def test_a_month_and_a_year_are_spans():
    assert _dates.find("2019年2月")[0][2:] == (date(2019, 2, 1), date(2019, 2, 28))
    assert _dates.find("二〇一九年")[0][2:] == (date(2019, 1, 1), date(2019, 12, 31))
    assert _dates.find("10月24日") == []  # no year, nothing to count from


NOT_CALENDAR = re.compile(  # lunar days, reigns, durations, seasons, a vague word
    "农历|正月|大年|初一|神龙|雍正|康熙|民国|最近|前1周|上2个月|近三年|近 三 年|后1年|未来两天|过去十年|夏天"
)
MISSED = {
    "最后一个周三": "the reference takes 最后一个 into the expression without a month to count from",
    "最后一个的周三": "the same",
}


def reference_cases(name):
    for case in json.loads((REAL / "dates" / f"{name}.json").read_text("utf8")):
        if not NOT_CALENDAR.search(case["Input"]):
            yield case


@real
@pytest.mark.parametrize(("name", "least"), [("DateParser", 54), ("DatePeriodParser", 54)])
def test_expressions_agree_with_the_reference(name, least):
    differ, n = [], 0
    for case in reference_cases(name):
        seen = date.fromisoformat(case["Context"]["ReferenceDateTime"][:10])
        past = case["Results"][0]["Value"]["PastResolution"]
        low, high = past.get("date") or past["startDate"], past.get("date") or past["endDate"]
        found = [(str(low), high) for _, _, low, high in _dates.find(case["Input"], reference=seen)]
        if low == "0001-01-01":  # 2月30日
            due = [[]]
        else:
            last = date.fromisoformat(high)
            due = [[(low, last)], [(low, last - timedelta(days=1))]]  # it counts some ends as outside
            if last.month == last.day == 1 and "年" not in low:  # 2016到2018 ends for it as 2018 begins
                due.append([(low, last.replace(month=12, day=31))])
        n += 1
        if found not in due and case["Input"] not in MISSED:
            differ.append((case["Input"], low, high, found))
    assert n >= least
    assert len(differ) <= 0.05 * n, differ
    assert not differ, differ


@real
def test_expressions_begin_and_end_where_the_reference_says():
    differ, n = [], 0
    for case in reference_cases("DateExtractor"):
        due = [(one["Start"], one["Start"] + one["Length"]) for one in case["Results"]]
        found = [(start, end) for start, end, *_ in _dates.find(case["Input"], reference=date(2017, 3, 22))]
        n += 1
        if found != due:
            differ.append(case["Input"])
    assert sorted(differ) == sorted(MISSED)
    assert len(differ) <= 0.05 * n


@pytest.mark.parametrize(
    ("body", "known", "day"),
    [
        # the document's own date before its publication
        ("如下。\n某省人民政府\n2019年1月28日\n附件", {"meta": {"发布日期": "2019-02-02"}}, "2019-01-28"),
        ("正文。", {"meta": {"发布日期": "2019-02-03", "成文日期": "2019年01月28日"}}, "2019-01-28"),
        ("各位代表：", {"head": "——2026年2月3日在四川省第十四届\n时间：2026-02-10"}, "2026-02-03"),
        # the front page of a paper, in three lines; a site before its day
        ("正文。", {"head": "2026年 9月\n16\n星期三\n丙午年八月初六"}, "2026-09-16"),
        ("正文。", {"head": "2026年 9月\n16\n条意见"}, None),
        ("正文。", {"head": "某某区政府网站 2025-06-22 来源:网信某某区"}, "2025-06-22"),
        # who learns from a speech is no one who looks back on it
        ("2024年9月13日，区长主持召开会议，传达学习关于欠薪工作系列讲话精神，部署工作。", {}, "2024-09-13"),
        ("2014年5月4日，他在某大学考察时发表讲话，强调青年要自觉践行核心价值观。", {}, None),
        ("2016年2月19日，某某座谈会召开。我们要深入学习贯彻重要讲话精神，做好今后工作。", {}, None),
        ("2021年7月1日，庆祝大会举行。连日来，各支部学习讲话精神。", {}, None),
        ("正文。", {"head": "2019年 9月\n16\n星期三届会议"}, None),
        ("本条例自2020年1月1日起施行。", {"head": "（2019年11月29日省人大常委会通过）"}, "2019-11-29"),
        ("同志们：", {"head": "（2018年1月25日）\n发布时间：2019-04-01", "title": "讲话"}, "2018-01-25"),
        ("正文。\n二〇一九年三月五日", {}, "2019-03-05"),
        ("请遵照执行。\n二○一一年四月八日\n某市工作规则\n一\n二\n三\n四\n五",
         {"head": "2011-06-18 00:00:00 来源：本站"}, "2011-04-08"),
        ("各位代表：", {"head": "——2022年1月8日\n在某市七届人大一次会议上\n发布时间：2022-05-09"},
         "2022-01-08"),
        # printed, published, addressed
        ("会议强调。", {"head": "http://www.example.com.cn 2008年01月23日02:03 某某晚报"}, "2008-01-23"),
        ("会议强调。", {"head": "平安某某 2022-08-16 18:33 发表于某地"}, "2022-08-16"),
        ("会议强调。", {"head": "公开日期: | 2023-07-28"}, "2023-07-28"),
        ("会议强调。", {"head": "某某网 时间:12/28/2012 09:22:10 来源:某报"}, "2012-12-28"),
        ("会议强调。", {"head": "03/04/2012 09:22:10"}, None),
        ("会议强调。", {"head": "央视国际 (2005年03月08日 14:12)"}, "2005-03-08"),
        ("会议强调。", {"head": "更新于 2005-03-08 14:12"}, None),
        ("会议强调。", {"head": "某报某版 2010-05-28 2 2010年05月28日 星期五"}, "2010-05-28"),
        ("现印发给你们，请贯彻执行。 二00六年四月十一日 某市方案 为推进工作。" + "长" * 80, {}, "2006-04-11"),
        ("10月24日，会议召开。", {"head": "某某日报 2018年10月25日 第01版"}, "2018-10-25"),
        ("会议强调。", {"head": "今天是2023年5月1日\n发布时间：2018-10-25 09:00 来源：某报"}, "2018-10-25"),
        ("会议强调。", {"head": "2023年02月10日 20:52  某省公安厅"}, "2023-02-10"),
        ("12月25日，会议召开。", {"meta": {"date": "Fri, 24 Dec 2021 18:42:55 GMT"}}, "2021-12-25"),
        ("会议强调。", {"meta": {"time": "1545638400"}}, "2018-12-24"),
        ("会议强调。", {"path": "某市/20190305_通知.txt"}, "2019-03-05"),
        ("会议强调。", {"meta": {"url": "http://example.gov.cn/zt/t20190305_123.html"}}, "2019-03-05"),
        # no date of publication: the dateline and what the text says of its time
        ("3月5日，会议召开。今年是新中国成立70周年。", {}, "2019-03-05"),
        ("10月24日，会议召开。明年是新中国成立70周年。", {}, "2018-10-24"),
        ("3月5日，会议召开。今年是“十四五”开局之年。", {}, "2021-03-05"),
        ("10月24日（星期三），会议召开。贯彻党的十九大精神，国务院总理李克强作出批示。", {}, "2018-10-24"),
        ("2023年2月10日，全省公安局长会议在济南召开。", {}, "2023-02-10"),
        ("5月20日，同上一堂课。在建党90周年之际，市里录下口述。", {}, "2011-05-20"),
        ("11月6日，会议举行，宣讲上周刚刚闭幕的党的十九届五中全会。", {}, "2020-11-06"),
        ("会议强调。", {"head": "2015年03月19日14:22　来源：某报"}, "2015-03-19"),
        # rather none than a guess
        ("10月10日，会议召开。学习习近平新时代中国特色社会主义思想，迎接改革开放40周年。", {}, None),
        ("1月5日，会议举行。迎接改革开放40周年。", {}, "2018-01-05"),
        ("2021年3月11日，大会将于明天举行。", {}, None),
        ("会议强调。", {"head": "据悉，北京时间 2023年10月26日19时34分，飞船返回"}, None),
        ("3月5日，会议召开。", {}, None),
        ("会议要求，到2035年基本实现目标，2020年全面建成。", {}, None),
        ("会议强调。", {"head": "生效日期：2020年1月1日"}, None),
        ("会议强调。", {"meta": {"更新时间": "2020-01-01", "crawl_date": "2021-01-01"}}, None),
        ("10月24日，会议召开。", {"meta": {"date": "2019-03-01"}}, None),
        ("贯彻习近平新时代中国特色社会主义思想。", {"meta": {"date": "2009-03-01"}}, None),
        ("1935年1月15日，会议召开。习近平总书记强调，新时代要落实。", {}, None),
        ("2月26日至28日，全会举行。今年是“十四五”规划的第三年。", {}, None),
    ],
)  # fmt: skip
def test_the_most_trusted_date_is_taken(body, known, day):
    found = _dates.resolve(body, **known)
    assert found["date"] == day, found
    assert (found["date_precision"] == "day") == (day is not None)


def test_evidence_that_disagrees_is_told():
    found = _dates.resolve("贯彻习近平法治思想。", meta={"date": "2009-03-01"})
    assert found["date_evidence"].startswith("contradictory: date 2009-03-01, but 习近平法治思想")


def test_a_day_without_its_year_does_not_narrow_what_the_words_allow():
    found = _dates.resolve("10月24日，会议召开，部署扫黑除恶专项斗争。")
    assert (found["date"], found["date_low"], found["date_high"]) == (None, "2017-12-23", None)


def test_a_foreign_anniversary_is_not_ours():
    assert _clock.meet(_clock.bounds("值此朝鲜建国71周年之际，致以祝贺。")) == (date.min, date.max, [])


@pytest.mark.parametrize(
    ("province", "line", "years"),
    [
        ("00", "——在第十三届全国人民代表大会第二次会议上", (2019, 2019)),
        ("31", "——在上海市第十六届人民代表大会第一次会议上", (2023, 2023)),
        (None, "——在浙江省第十四届人民代表大会第二次会议上", (2024, 2024)),
        # Jilin met twice in 2023 or in 2024, Guangdong in 2025
        ("22", "——在吉林省第十四届人民代表大会第四次会议上", (2025, 2025)),
        ("22", "——在吉林省第十四届人民代表大会第三次会议上", (2024, 2025)),
        ("22", "——1月12日在吉林省第十四届人民代表大会第三次会议上", (2024, 2024)),
        ("44", "——在广东省第十四届人民代表大会第四次会议上", (2025, 2026)),
        ("44", "——1月12日在广东省第十四届人民代表大会第四次会议上", None),
        # of earlier and later sessions only bounds are known
        ("32", "——在江苏省第十二届人民代表大会第四次会议上", (2014, 2016)),
        ("32", "——1月9日在江苏省第十二届人民代表大会第二次会议上", (2014, 2014)),
        ("46", "——在海南省第七届人民代表大会第六次会议上", (2026, 2027)),
        # a session in November is not the one of each year; a city's congress is not its province's
        ("33", "——11月2日在浙江省第十四届人民代表大会第二次会议上", None),
        ("33", "——在杭州市第十四届人民代表大会第一次会议上", None),
        ("33", "——在省第十四届人民代表大会第一次会议上", (2023, 2023)),
    ],
)
def test_a_session_is_counted_by_its_own_congress(province, line, years):
    found = [(low.year, high.year) for low, high, _ in _clock.session([line], province)]
    assert found == ([years] if years else [])


def test_the_table_of_congresses_is_whole():
    rows = _clock.table("congresses")
    assert [row["province"] for row in rows] == ["00", *places.provinces()["province"]]
    assert all(3 <= int(row["session_2025"]) < int(row["session_2026"]) <= 5 for row in rows)


def test_a_dateline_takes_its_year_from_the_session_that_is_going_on():
    body = "1月24日下午，出席四川省第十四届人民代表大会第五次会议的川南代表团审议政府工作报告。"
    assert _dates.resolve(body, province="51")["date"] == "2026-01-24"
    earlier = _dates.resolve(body.replace("十四届", "十三届"), province="51")
    assert (earlier["date"], earlier["date_low"], earlier["date_high"]) == (None, "2020-01-01", "2022-12-31")


def test_tables_are_in_order():
    for name in ("milestones", "offices", "anniversaries"):
        for row in _clock.table(name):
            for column in {"date", "since", "until"} & set(row):
                assert not row[column] or date.fromisoformat(row[column])
    terms = [row["term"] for row in _clock.table("milestones")]
    assert len(terms) == len(set(terms))
    assert all(row["source"] for row in _clock.table("milestones"))


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_a_written_day_is_read_back(day):
    han = "〇一二三四五六七八九"
    year = "".join(han[int(sign)] for sign in str(day.year))

    def spoken(n):
        tens, ones = divmod(n, 10)
        return ("" if tens < 2 else han[tens]) + ("十" if tens else "") + (han[ones] if ones else "")

    written = f"{year}年{spoken(day.month)}月{spoken(day.day)}日"
    assert _dates.find(written) == [(0, len(written), day, day)]


@settings(max_examples=80, deadline=None)
@given(
    st.text("年月日号十〇一二三25 -./:（上下周星期个从到今明去0123456789周年十四五届\n", max_size=60),
    st.dates(),
)
@example(text="上下月", day=date(2000, 1, 1))
def test_no_text_breaks_the_reader(text, day):
    _dates.find(text, reference=max(day, date(1900, 1, 1)))
    found = _dates.resolve(text, title=text[:20], head=text, meta={"date": text, "pubtime": text}, path=text)
    assert set(found) == {
        "date", "date_low", "date_high", "date_precision", "event_date", "date_evidence",
    }  # fmt: skip
    assert found["date"] is None or found["date"] == found["date_low"] == found["date_high"]


def provincial_reports():
    """Year, province, title, head, body of the sixty-two reports."""
    csv.field_size_limit(10**9)
    for path in sorted((REAL / "provincial_reports_2026").glob("*.csv")):
        for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))):
            at = row["full_text"].index("各位代表")
            meta = {name: row[name] for name in ("source_url", "publish_date")}
            yield (
                2026,
                places.code(row["province"]),
                row["title"],
                row["full_text"][:at],
                row["full_text"][at:],
                meta,
            )
    with zipfile.ZipFile(REAL / "provincial_reports_2025.zip") as archive:
        for item in archive.infolist():
            name = item.filename.encode("cp437").decode("gbk")
            xml = zipfile.ZipFile(io.BytesIO(archive.read(item))).read("word/document.xml").decode()
            text = "\n".join("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", p)) for p in xml.split("</w:p>"))
            at, title = text.index("各位代表"), text.split("\n")[0]
            code = next(
                c for c, s in places.provinces()[["province", "short"]].itertuples(index=False) if s in name
            )
            yield 2025, code, title, text[len(title) + 1 : at], text[at:], {}


@real
def test_every_provincial_report_has_its_day_of_delivery():
    seen = []
    for year, province, title, head, body, meta in provincial_reports():
        line = re.search(
            rf"({year}|二〇二六)年(.{{1,2}})月(.{{1,3}})日(?=.{{0,24}}在.{{2,12}}?第?十?.{{1,3}}届)", head
        )
        due = date(year, _calendar.number(line[2]), _calendar.number(line[3])).isoformat()
        found = _dates.resolve(body, title=title, head=head, meta=meta, province=province)
        assert found["date"] == due, (year, province, found)
        alone = _dates.resolve(body, province=province)
        assert alone["date"] is None
        assert str(alone["date_low"])[:4] in ("None", str(year), str(year - 1))
        session = "".join(re.search(r"在[^。在]{0,24}?届\s*人.*?会议", head)[0].split())
        ((low, high, _),) = _clock.session([f"——{session}上"], None)
        assert low.year == high.year == year, (province, session)
        day = f"——{int(due[5:7])}月{int(due[8:])}日{session}上"
        assert _dates.resolve("各位代表：\n我报告工作。", head=day, province=province)["date"] == due, day
        seen.append((year, province))
    assert len(set(seen)) == 62


@real
def test_central_reports_have_their_year():
    for line in (REAL / "central_reports" / "reports_1954_2022.txt").read_text("utf8").splitlines():
        year, text = line.split("\t", 1)
        found = _dates.resolve(text.replace("\t", "\n").replace("　　", "\n"), province="00")
        assert found["date_low"][:4] == found["date_high"][:4] == year


def news_items(year, n, seed):
    """Broadcast day, title, text of `n` items of a year."""
    with tarfile.open(REAL / "evening_news" / f"xwlb_{year}.tar.xz") as archive:
        days = [(item.name, archive.extractfile(item).read()) for item in archive if item.isfile()]
    items = []
    for name, raw in sorted(days):
        for video in json.loads(raw)["videoList"] if raw.strip().startswith(b"{") else ():
            text = video.get("video_detail", {}).get("content") or ""
            text = unescape(re.sub(r"<[^>]+>", "", re.sub(r"(?i)</p>", "\n", text))).strip()
            if 30 < len(text) < 5000:
                items.append((name[-13:-5], video["video_title"], text))
    return random.Random(seed).sample(items, n)


@real
@pytest.mark.parametrize("year", [2013, 2016, 2019, 2024])
def test_news_without_a_year_is_seldom_dated_wrongly(year):
    certain = wrong = bound = 0
    for on, title, text in news_items(year, 1500, seed=1):
        found = _dates.resolve(text, title=title)
        low, high = found["date_low"], found["date_high"]
        if found["date_precision"]:
            certain += 1
            wrong += low[:4] > on[:4] or high[:4] < on[:4]
        day = f"{on[:4]}-{on[4:6]}-{on[6:]}"
        bound += bool((low and low > day) or (high and high < day))
    assert certain >= 3
    assert wrong <= 0.01 * max(certain, 100)
    assert bound <= 0.02 * 1500


@pytest.mark.parametrize("end", ["", "并讲话", "并作重要讲话"])
def test_a_meeting_at_which_somebody_spoke_keeps_its_stated_date(end):
    body = f"2021年3月5日，全省推进会在杭州召开。省委书记出席会议{end}。会议指出，今年以来各地工作扎实。"
    assert _dates.resolve(body, title="全省推进会召开", meta={}, province="33")["date"] == "2021-03-05"


def test_an_essay_that_opens_with_an_old_day_is_not_dated_by_it():
    body = "2021年3月5日，他在会议上发表重要讲话。讲话以来，各地学习贯彻，取得成效。"
    assert _dates.resolve(body, title="学习笔记", meta={}, province="33")["date"] is None


@pytest.mark.parametrize(
    ("body", "known", "day"),
    [
        # its own day, in forms of laws, speeches, plenums
        ("特通告如下。", {"head": "（某政告〔1995〕2号　一九九五年三月十日）"}, "1995-03-10"),
        ("各位代表：", {"head": "工作报告 ;;2018年2月5日在某县第十八届人民代表大会第二次会议上"},
         "2018-02-05"),
        ("决定召开。\n全会举行。\n他讲话。\n公报如下：\n公报\n(2017年5月21日中国共产党 "
         "某省第十届委员会第十次全体会议通过)\n全会指出。", {}, "2017-05-21"),
        ("第一条 为了规范工作，制定本条例。",
         {"title": "某省条例", "head": "1993年10月22日 某省第八届人大常委会第五次会议通过\n"
          "2018年5月24日 某省第十三届人大常委会第四次会议修正"}, "2018-05-24"),
        ("(1993年10月22日通过)\n(2018年5月24日修正)\n第一条 总则。", {"title": "某省条例"}, "2018-05-24"),
        ("条例已通过，现予公布。\n某省人大常委会\n2019年3月5日\n某省条例\n目录\n"
         "(2019年3月1日通过)\n第一条 总则。", {}, "2019-03-05"),
        ("第一条 本条例是2018年5月24日通过\n2017年5月20日修订的办法的细则。", {}, None),
        # what a page tells of other acts is not its day
        ("1992年8月3日经国务院批准\n开发区很好。", {"head": "发布日期：2023-03-05"}, "2023-03-05"),
        ("各位代表：", {"title": "政府工作报告", "head": "(2019年12月20日省政府常务会议通过)\n"
          "——2020年1月13日在某省第十三届人民代表大会第三次会议上"}, "2020-01-13"),
        ("某县修桥公告", {"head": "公告\n(20190321)\n2021-07-05"}, "2021-07-05"),
        ("亮点很多。", {"title": "新修订条例亮点解读", "head": "2010年9月9日省人大常委会第十八次会议修订\n"
          "发布日期：2023-03-05"}, "2023-03-05"),
        ("2010年9月9日第十八次会议通过\n条例很好。", {"head": "发布日期：2023-03-05"}, "2023-03-05"),
        ("全会于2017年5月20日在某地举行。省委书记作了重要讲话。", {}, "2017-05-20"),
        ("大会将于2017年5月20日在某地举行。", {}, None),
        # a page of an e-paper, a bullet of a table, a folder of months
        ("会议召开。", {"head": "某某日报/2003年/12月/26日/第A01版/要闻"}, "2003-12-26"),
        ("各位代表：", {"head": "  • 2020-01-07", "path": "a/202005/t20200525_1.txt"}, "2020-01-07"),
        ("6月21日下午，会议召开。", {"path": "201806/22/p-495.txt"}, "2018-06-22"),
        ("1月29日下午，会议召开。", {"path": "article/201202/3458.txt"}, "2012-01-29"),
        # a compact day, an article below the day on which it is read, a path, an abstract, a chronicle
        ("会议召开。", {"head": "20120707 来源：某某网"}, "2012-07-07"),
        ("编号在此。", {"head": "20120707号文"}, None),
        ("3月6日，会议闭幕。", {"head": "电子报阅读机\n2026-03-22\n星期日\n日期：03-10"}, "2026-03-10"),
        ("12月30日，会议闭幕。", {"head": "2026-01-02\n日期：12-31"}, "2025-12-31"),
        ("12月19日，座谈会举行。", {"path": "html/qhx201712t20171228_267257.txt"}, "2017-12-28"),
        ("摘要：要落实任务。\n6月29日上午，发布会召开。", {"path": "news/2022/06/1.txt"}, "2022-06-29"),
        ("昨天(21日)下午，全市召开会议。", {"path": "fgbz/201203/1.txt"}, "2012-03-21"),
        ("昨天(30日)下午，全市召开会议。", {"path": "fgbz/201203/1.txt"}, "2012-03-30"),
        ("本报29日电 会议召开。", {"path": "fgbz/201203/1.txt"}, None),
        ("7月1日，市委书记讲话。\n7月7日，大楼启用。",
         {"title": "市委2021年执政纪事", "head": "发布日期：2022-02-23 10:53"}, "2022-02-23"),
        ("7月1日，市委书记讲话。\n7月7日，大楼启用。", {"head": "发布日期：2022-02-23 10:53"}, None),
        ("会议指出，要落实。", {"title": "2026年1月19日下午区长主持召开会议",
                       "head": "发布时间：2026年2月10日\n某教规字〔2024〕1号"}, "2026-02-10"),
        # the clock of a page is later than its address, the day of fetching later than the issue
        ("交通恢复。", {"head": "2025年04月28日 星期一", "path": "a/2022-05-22/1.txt"}, None),
        ("交通恢复。", {"head": "2021年3月5日 星期五", "path": "crawl/2024-05-01/1.txt"}, "2021-03-05"),
        ("交通恢复。", {"head": "2021年3月5日 星期五", "path": "2019-01-01_2022-12-31/1.txt"}, "2021-03-05"),
        ("交通恢复。", {"head": "2021年3月5日 星期五", "path": "批次2020年12月1日/1.txt"}, "2021-03-05"),
        ("交通恢复。", {"head": "2021年3月5日 星期五", "path": "epaper/1.txt"}, "2021-03-05"),
        # not its own: who copies laws, the table of another document, the number of a page
        ("第一条 为节约用水，制定本办法。", {"head": "时间：2024-07-13 01:51 来源：法律资料网"}, None),
        ("会议指出。\n某区教育局\n2024-06-21", {"head": "发布时间：2026年2月10日"}, "2026-02-10"),
        ("会议指出。\n要落实。\n要加强。\n还研究了其他事项。\n发布日期：\n2024年6月21日", {}, None),
        ("3月8日下午，会议召开。", {"path": "www.example.gov.cn/html/1998.txt"}, None),
        ("3月8日下午，会议召开。", {"path": "news/1923.txt"}, None),
        ("3月8日下午，会议召开。", {"path": "reports/1998.txt"}, "1998-03-08"),
        # an agency sends on one day what happened on another; a record is made later than either
        ("6月8日，会议召开。今年是“十四五”开局之年。", {"head": "某某社6月9日电"}, "2021-06-09"),
        ("6月8日，会议召开。今年是“十四五”开局之年。", {"head": "某某社记者"}, "2021-06-08"),
        ("12月30日，会议召开。今年是“十四五”开局之年。", {"head": "某某社1月2日电"}, "2021-12-30"),
        ("会议召开。", {"head": "某某社6月9日电", "meta": {"create_time": "2025-06-08"}}, "2025-06-08"),
        ("2025年6月8日，会议召开。", {"head": "某社6月9日电", "meta": {"ctime": "2025-06-12"}}, "2025-06-12"),
        ("会议召开。", {"head": "某某社6月9日电", "meta": {"create_time": "2025-06-12"}}, "2025-06-09"),
        ("会议召开。", {"head": "某某社6月9日电", "meta": {"pubDate": "2025-06-12"}}, "2025-06-12"),
        ("6月9日，会议召开。", {"meta": {"create_time": "2025-06-12"}}, "2025-06-12"),
        ("某某社6月9日电 会议召开。", {"meta": {"ctime": "2025-06-12"}}, "2025-06-09"),
    ],
)  # fmt: skip
def test_a_day_is_the_documents_own(body, known, day):
    found = _dates.resolve(body, **known)
    assert found["date"] == day, found


FILLER = "坚持以人民为中心的发展思想，全面推进各项重点工作，确保全年目标任务顺利完成，推动发展取得新成效。"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # the days of acts that are listed or cited, of a chronicle
        (
            "湖南省人民政府关于废止部分规范性文件的决定\n经研究，决定对下列文件予以废止，现予公布。\n"
            "1．某办法（湘政发〔1995〕2号，1995年3月10日）\n2．某规定（湘政发〔1996〕12号，1996年5月1日）\n"
            "湖南省人民政府\n2010年7月5日",
            ["2010-07-05"],
        ),
        (
            "湖南省人民政府公布继续有效的文件目录\n来源：湖南省政府网 2011-02-01\n"
            f"某通知(湘政发〔1987〕3号 1987年1月5日)\n某通知(湘政发〔1988〕5号 1988年2月5日)\n{FILLER}",
            ["2011-02-01"],
        ),
        (
            "国务院决定废止的文件目录\n关于加强物价管理的通知(国发〔1987〕3号 1987年1月5日)\n"
            "关于改进商业工作的通知(国发〔1988〕5号 1988年2月5日)",
            [None],
        ),
        ("目录\n(国发〔1987〕3号 1987年1月5日)\n(国发〔1988〕5号 1988年2月5日)\n" + FILLER, [None]),
        (
            "改革开放大事记\n1978年12月18日，中共中央\n十一届三中全会召开。\n"
            f"1992年1月18日，南方谈话。\n{FILLER}",
            [None],
        ),
        (f"某事的由来\n1985年3月1日，国务院\n批复同意设立。2005年撤销。{FILLER}", [None]),
        (
            f"清理文件的通知\n(湘政发〔1995〕2号 一九九五年三月十日)\n现予废止。\n{FILLER}\n2001年2月3日",
            ["2001-02-03"],
        ),
        (f"说明\n2019年3月5日\n(湘政发〔1995〕2号 1995年3月10日)\n{FILLER}", ["2019-03-05"]),
        (f"校史\n1958年5月1日，学校召开大会。{FILLER}\n1960年5月1日，学校停办。", [None]),
        # digits and hours that are no day of the document
        (f"工程招标\n20120707\n20120808\n{FILLER}", [None]),
        (f"档案说明\n作业批次 20120707\n{FILLER}", [None]),
        (f"访谈预告\n2021-09-09\n访谈时间：08-30\n{FILLER}", ["2021-09-09"]),
    ],
)
def test_what_resembles_the_day_of_a_document_is_none(tmp_path, text, days):
    (tmp_path / "a.txt").write_text(text, "utf8")
    docs, audit = load.folder(tmp_path)
    assert docs.date.astype(object).where(docs.date.notna(), None).to_list() == days, audit.date_evidence


def test_only_the_spirit_of_a_meeting_is_conveyed_soon():
    soon = _dates.resolve("11月8日，会议传达学习党的二十届三中全会精神。")
    later = _dates.resolve("11月8日，会议传达学习党的二十届三中全会关于平安建设的部署。")
    assert (soon["date_high"], later["date_low"], later["date_high"]) == ("2024-09-13", "2024-07-15", None)


def test_who_shows_the_texts_of_others_gives_a_last_day():
    head = "时间：2024-07-13 01:51 来源：法律资料网"
    found = _dates.resolve("第一条 为节约用水，制定本办法。", head=head)
    assert (found["date_low"], found["date_high"]) == (None, "2024-07-13")


def test_the_year_of_which_a_file_is_called_is_not_always_its_own():
    body = "11月1日，2019年高考报名启动。第一阶段为网上报名，{}进行。"
    known = {"path": "2019年高考报名启动.txt"}
    asked = _dates.resolve(body.format("2018年11月1日8时"), **known)
    assert (asked["date"], asked["date_low"], asked["date_high"]) == (None, "2018-10-31", "2019-12-31")
    assert _dates.resolve(body.format("8时"), **known)["date"] == "2019-11-01"


@pytest.mark.parametrize(
    ("last", "day"),
    [
        ("2021年12月22日 浙江省第十三届人民代表大会常务委员会第三十三次会议批准", "2021-12-22"),
        (
            "2023年6月1日丽水市第五届人民代表大会常务委员会第九次会议《关于修改部分法规的决定》修正）",
            "2023-06-01",
        ),
        ("自2022年3月1日起施行", "2021-11-26"),
    ],
)
def test_a_law_has_the_day_of_its_last_reading(last, day):
    head = f"2021年11月26日 丽水市第四届人民代表大会常务委员会第三十四次会议通过\n{last}"
    assert (
        _dates.resolve("第一条 为防治扬尘，制定本规定。", title="丽水市扬尘防治规定", head=head)["date"]
        == day
    )
