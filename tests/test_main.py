import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from toolkit import __main__ as command
from toolkit import load
from toolkit.load import _folder, _read

ROOT = Path(__file__).parents[1]
OPTIONS = ["FOLDER", "--to", "--metadata", "--text", "--script", "--jobs"]
BODY = "省委常委会召开会议，学习贯彻重要讲话精神，研究部署下一阶段重点任务，要求全省上下狠抓落实。"


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "toolkit", *map(str, arguments)], capture_output=True, text=True, cwd=ROOT
    )


def test_a_folder_becomes_documents_and_an_audit(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text(f"浙江省委常委会召开会议\n2021年3月4日 来源：浙江日报\n{BODY}", "utf8")
    (folder / "b.bin").write_bytes(b"\x89PNG\r\n")
    done = run("ingest", folder, "--to", tmp_path / "docs.parquet")
    assert done.returncode == 0, done.stderr
    assert "1 documents from 2 files" in done.stdout
    assert "b.bin: left out: this is an image" in done.stdout
    assert "浙江 1" in done.stdout
    docs = load.docs(tmp_path / "docs.parquet")
    assert docs[["province", "date"]].values.tolist() == [["33", "2021-03-04"]]
    audit = pd.read_csv(tmp_path / "docs.audit.csv")
    assert audit["path"].tolist() == ["a.txt", "b.bin"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs.audit.csv", "docs.parquet", "raw"]


def test_a_run_that_was_killed_goes_on_where_it_stood(tmp_path, monkeypatch):
    folder, to = tmp_path / "raw", tmp_path / "raw" / "docs.parquet"
    folder.mkdir()
    for i in range(400):
        (folder / f"{i:03}.txt").write_text(
            f"浙江省委常委会召开会议\n2021年3月4日 来源：浙江日报\n{BODY}{i}", "utf8"
        )
    parts = folder / "docs.parquet.parts"
    with subprocess.Popen(
        [sys.executable, "-m", "toolkit", "ingest", folder, "--to", to, "--jobs", "1"], cwd=ROOT
    ) as process:
        while process.poll() is None and len([*parts.glob("*.json")]) < 3:
            time.sleep(0.002)
        process.kill()
    assert not to.exists()
    done = len([*parts.glob("*.json")])
    assert 3 <= done < 50
    (folder / "399.txt").write_text(f"{BODY}这是后来改过的一段话，应当重新读取。", "utf8")
    read = []
    once = _read.file
    monkeypatch.setattr(_read, "file", lambda root, path, *more: read.append(path) or once(root, path, *more))
    assert command.main(["ingest", str(folder), "--to", str(to), "--jobs", "1"]) == 0
    assert read == [f"{i:03}.txt" for i in range(_folder.BATCH * done, 400)]
    assert not parts.exists()
    docs = load.docs(to)
    to.unlink()
    to.with_suffix(".audit.csv").unlink()
    pd.testing.assert_frame_equal(docs, load.folder(folder, jobs=1)[0])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ingest", "no-such-folder"], "error: the folder 'no-such-folder' does not exist"),
        (["ingest", "EMPTY"], "is empty; give a folder that holds files"),
        (["ingest", "toolkit", "--to", "docs.csv"], "error: --to 'docs.csv' must end in .parquet."),
        (
            ["ingest", "toolkit", "--to", "nowhere/docs.parquet"],
            "the folder 'nowhere' does not exist; make it first",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(tmp_path, capsys, arguments, sentence):
    arguments = [str(tmp_path) if word == "EMPTY" else word for word in arguments]
    assert command.main(arguments) == 2
    seen = capsys.readouterr().err
    assert sentence in seen
    assert "Traceback" not in seen
    assert len(seen.strip().splitlines()) == 1


def test_a_folder_without_a_document_says_why(tmp_path, capsys):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n")
    assert command.main(["ingest", str(tmp_path), "--to", str(tmp_path / "docs.parquet")]) == 2
    seen = capsys.readouterr()
    assert "holds no document" in seen.err
    assert "a.png: left out" in seen.out
    assert not (tmp_path / "docs.parquet").exists()


def test_help_names_every_command(capsys):
    told = [*OPTIONS, "60 seconds", "10,000,000 lines", "date_low", "chars_furniture", "left out", "removed"]
    for words, known in ((["--help"], ["ingest"]), (["ingest", "--help"], told)):
        with pytest.raises(SystemExit):
            command.main(words)
        out = capsys.readouterr().out
        assert not [word for word in known if word not in out]
