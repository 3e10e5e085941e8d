"""Is it known who speaks in a document, and kept open where it is not?"""

from toolkit.load import _place


def test_the_number_of_a_document_names_its_province():
    found = _place.resolve(
        "各市人民政府：\n经研究，现通知如下。", title="关于做好今年工作的通知", head="皖政〔2019〕3号"
    )
    assert (found["province"], found["document_number"]) == ("34", "皖政〔2019〕3号")
