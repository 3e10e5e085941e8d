"""How do figures look in print, in Chinese and in English, on a machine without a Chinese font?"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager

from toolkit import _check

WIDTHS = {"one": 3.5, "two": 7.2}  # inches: one and two columns of a journal page
LANGUAGES = {"zh": "zh-CN", "en": "en"}
SYSTEM_FONTS = (
    "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
    "Hiragino Sans GB", "Microsoft YaHei", "WenQuanYi Micro Hei", "SimHei",
)  # fmt: skip


def _shipped() -> Path | None:
    """The font that comes as a dependency: Noto Sans SC, Open Font Licence."""
    try:
        import pylopdf_fonts_zh_cn
    except ModuleNotFoundError:
        return None
    path = Path(pylopdf_fonts_zh_cn.sans_path())
    return path if path.exists() else None


def font() -> Path:
    """Where the Chinese font of the figures lies.

    The font of the package ``pylopdf-fonts-zh-cn`` (Noto Sans SC) is taken first, so that figures are the
    same everywhere; a Noto, Source Han, PingFang or YaHei of the system serves where that is missing.

    Raises
    ------
    FileNotFoundError
        If this machine has none of them; the sentence says what to install.

    Examples
    --------
    >>> font().name
    'NotoSansSC-Regular.otf'
    """
    found = _shipped()
    if found is None:
        there = {entry.name: entry.fname for entry in font_manager.fontManager.ttflist}
        found = next((Path(there[name]) for name in SYSTEM_FONTS if name in there), None)
    if found is None:
        raise FileNotFoundError(
            "no Chinese font was found: the package pylopdf-fonts-zh-cn is not installed, and the system has "
            f"none of: {', '.join(SYSTEM_FONTS)}. Run `pip install pylopdf-fonts-zh-cn`."
        )
    return found


def use(lang: str = "zh", *, width: str = "one") -> None:
    """Make every later figure of this session fit for print, with Chinese characters shown.

    Parameters
    ----------
    lang
        The language of axes and names: ``"zh"`` or ``"en"``. Terms stay Chinese in both.
    width
        ``"one"`` column (3.5 inches) or ``"two"`` columns (7.2 inches) of a journal page.

    Raises
    ------
    ValueError
        If there is no such language or width.
    FileNotFoundError
        If there is no Chinese font.

    Notes
    -----
    Only matplotlib's own settings are changed: ``toolkit/_data/toolkit.mplstyle`` (text in PDF selectable,
    as Type 42; colours by Okabe and Ito 2008, "Color Universal Design"), the font, the figure's size and
    ``text.language``. The last is where `lang` is kept; ``matplotlib.rcdefaults()`` undoes everything.

    Examples
    --------
    >>> with mpl.rc_context():
    ...     use("en", width="two")
    ...     lang(), mpl.rcParams["figure.figsize"][0]
    ('en', 7.2)
    """
    language = LANGUAGES[_check.one_of(lang, LANGUAGES, "lang")]
    inches = WIDTHS[_check.one_of(width, WIDTHS, "width")]
    path = font()
    known = {entry.fname: entry.name for entry in font_manager.fontManager.ttflist}
    if str(path) not in known:
        font_manager.fontManager.addfont(path)
        fonts = font_manager.fontManager.ttflist
        fonts.insert(0, fonts.pop())  # before a system font of the same name, which may be thin or partial
        known[str(path)] = fonts[0].name
    with resources.as_file(resources.files("toolkit") / "_data" / "toolkit.mplstyle") as sheet:
        mpl.rcParams.update(mpl.rc_params_from_file(sheet, use_default_template=False))
    mpl.rcParams.update({
        "text.language": language,
        "font.family": [known[str(path)], "DejaVu Sans"],
        "axes.unicode_minus": True,
        "figure.figsize": (inches, inches * (0.72 if width == "one" else 0.5)),
    })  # fmt: skip


def lang() -> str:
    """The language that figures are labelled in, as chosen by `use`.

    It is read from matplotlib's setting ``text.language``; where that was never set it is English, whose
    letters every font has.

    Examples
    --------
    >>> with mpl.rc_context({"text.language": "zh-CN"}):
    ...     lang()
    'zh'
    """
    return "zh" if str(mpl.rcParams["text.language"]).startswith("zh") else "en"
