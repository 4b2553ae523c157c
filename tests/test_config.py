"""briefing.toml: what is there is taken, what is not known is named, and nothing ends in a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing import config as configuration
from briefing.config import Config, load
from briefing.errors import BriefingError, ConfigError, InputError
from briefing.render.registry import RENDERERS


def loaded(folder: Path, toml: str) -> Config:
    (folder / "briefing.toml").write_text(toml, encoding="utf-8")
    return load(None, folder)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(None, tmp_path) == Config(base=tmp_path)


def test_a_file_changes_what_it_names(tmp_path: Path) -> None:
    config = loaded(tmp_path, 'title = "أسبوع"\nformats = ["md"]\n[translate]\nbeam = 1\n[paths]\nmodels = "m"')
    assert (config.title, config.formats, config.translate.beam, config.out) == ("أسبوع", ("md",), 1, "out")
    assert (config.models_dir, config.base, config.file) == (tmp_path / "m", tmp_path, tmp_path / "briefing.toml")


def test_lists_of_recipients_have_names_of_their_own(tmp_path: Path) -> None:
    mail = loaded(tmp_path, '[mail]\nto = ["desk", "c@x.org"]\n[mail.lists]\ndesk = ["a@x.org", "B <b@x.org>"]\n').mail
    assert (mail.to, mail.lists) == (("desk", "c@x.org"), {"desk": ("a@x.org", "B <b@x.org>")})
    for host in ("localhost", "127.0.0.1", "::1", "[::1]"):
        assert loaded(tmp_path, f'[mail]\nhost = "{host}"\nsecurity = "none"').mail.host == host


def test_paths_start_from_the_folder_of_the_file_that_was_named(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "mine.toml").write_bytes(b"\xef\xbb\xbftitle = 'x'\r\n")  # as an editor elsewhere saves it
    assert load(tmp_path / "below" / "mine.toml", tmp_path).base == tmp_path / "below"


@pytest.mark.parametrize(
    ("toml", "message", "step"),
    [
        ("tilte = 'x'", "unknown key tilte", "Did you mean title? Known keys: title, inputs, out, timezone, formats"),
        ("[translate]\nengin = 'x'", "unknown key translate.engin", "Did you mean translate.engine?"),
        ("[nothing]\nx = 1", "unknown key nothing", "Known keys: title,"),
        ("base = 'x'", "unknown key base", "Known keys: title,"),
        ("title = 3", "title must be a string, not 3", "'Monday brief'"),
        ("[translate]\nbeam = true", "translate.beam must be a whole number, not True", "The default is 4."),
        ("[translate]\nbeam = 0", "translate.beam is 0", "between 1 and 64"),
        ("[translate]\nhub_timeout = -1", "translate.hub_timeout is -1", "between 1 and 3600"),
        ("translate = 'x'", "translate must be a table", "[translate]"),
        ("inputs = 'seeds'", "inputs must be a list of strings", 'inputs = ["seeds"]'),
        ("inputs = [1]", "inputs must be a list of strings", 'inputs = ["seeds"]'),
        ('inputs = ["a\\u0000b"]', "inputs holds a control character", "Take it out"),
        ('out = "a\\nb"', "out holds a control character", "Take it out"),
        ("timezone = 'Mars/Base'", "timezone 'Mars/Base' is not known", "Asia/Riyadh"),
        ("timezone = ''", "timezone '' is not known", "Asia/Riyadh"),
        ("timezone = '../secret'", "timezone '../secret' is not known", "Asia/Riyadh"),
        ("timezone = 'Europe'", "timezone 'Europe' is not known", "Asia/Riyadh"),
        ("formats = ['doc']", "formats: doc", "md, html, pdf, json"),
        ("formats = []", "formats: none given", "md, html, pdf, json"),
        ("undated = 'maybe'", "undated is 'maybe'", "exclude, include"),
        ("[scope]\nleave_out = ['weather']", "scope.leave_out: weather", "sport, culture, opinion"),
        ("[scope]\npages = -1", "scope.pages is -1", "0 sets no limit"),
        ("[scope]\nwatch = [' ']", "scope.watch holds an empty name", "Take it out"),
        ("[scope]\ncountry = ['SY']", "unknown key scope.country", "Did you mean scope.countries?"),
        ("[scope]\ncountries = 'SY'", "scope.countries must be a list of strings", "scope.countries = ["),
        ("[fetch]\ndelay = -1", "fetch.delay is -1", "between 0 and 3600"),
        ("[fetch]\nallow_private = 1", "fetch.allow_private must be true or false, not 1", "The default is False."),
        ("[fetch]\nuser_agent = 'ض'", "fetch.user_agent is 'ض'", "ASCII"),
        ("[fetch]\nuser_agent = ' '", "fetch.user_agent is ' '", "ASCII"),
        ("[extract]\ntokens = 100", "extract.tokens is 100", "between 2048 and 1000000"),
        ("[build]\ncores = -1", "build.cores is -1", "between 0 and 1024"),
        ('[build]\ncluster = "host:8786"', "cluster 'host:8786' is no address", "tcp://host:8786"),
        ('[build]\ncluster = "local:0"', "'local:0' is no address", "local:N"),
        ('[build]\ncluster = "local:\u0664"', "is no address", "local:N"),
        ("[translate]\nthreads = -1", "translate.threads is -1", "between 0 and 1024"),
        ("[extract]\nconcurrency = 0", "extract.concurrency is 0", "between 1 and 64"),
        ("[extract]\nurl = 'localhost:11434'", "extract.url is no http or https address", "http://127.0.0.1:11434/v1"),
        ("[extract]\nurl = 'http://a:secret'", "extract.url is no address", "/chat/completions"),
        ("[extract]\nurl = 'https://me:pw@host/v1'", "extract.url holds a user name or password", "/chat/completions"),
        ("[extract]\nurl = 'https://host/v1?key=x'", "extract.url has a query", "/chat/completions"),
        ("[feed]\nurl = 'https://a.example'", "feed must be a list of tables", "Write [[feed]]"),
        ("page = ['https://a.example']", "page must be a list of tables", "Write [[page]]"),
        ("[[feed]]\nlink = 'https://a.example'", "unknown key feed.link", "Known keys: feed.url, feed.outlet."),
        ("[[feed]]\noutlet = 'Coast'", "feed 1: url is ''", "https://"),
        ("[[page]]\nurl = 'file:///etc/passwd'", "page 1: url is 'file:///etc/passwd'", "https://"),
        ("[mail]\nsecurity = 'ssl'", "mail.security is 'ssl'", "starttls, tls, none"),
        ("[mail]\nhost = 'https://mx.example'", "mail.host is 'https://mx.example'", "the name of the server alone"),
        ("[mail]\nhost = 'mx.example'\nsecurity = 'none'", "mx.example is another machine", "allow_unencrypted"),
        ("[mail]\nport = 70000", "mail.port is 70000", "between 0 and 65535"),
        ("[mail]\nsubject = '$titel'", "mail.subject is '$titel'", "$title, $week"),
        ("[mail]\nsubject = ' '", "mail.subject is empty", "$title"),
        ('[mail]\nsubject = "a\\r\\nBcc: b@x.org"', "mail.subject holds a control character", "Take it out"),
        ("[mail]\nlink = 'javascript:x'", "mail.link is 'javascript:x'", "https://wiki.example.org"),
        ("[mail]\nsender = 'desk'", "mail.sender: 'desk' is no mail address", "desk@example.org"),
        ("[mail]\nsender = 'خبر@x.org'", "letters beyond ASCII stand before the @", "another address"),
        ("[mail]\nto = ['desk']", "mail.to: there is no list 'desk'", "[mail.lists]"),
        ("[mail]\nto = ['a@']", "mail.to: 'a@' is no mail address", "desk@example.org"),
        ("[mail.lists]\ndesk = []", "mail.lists.desk is empty", "Name somebody"),
        ("[mail.lists]\ndesk = 'a@x.org'", "mail.lists.desk must be a list of strings", "mail.lists.desk = ["),
        ("[mail.lists]\ndesk = [1]", "mail.lists.desk must be a list of strings", "mail.lists.desk = ["),
        ("[mail.lists]\n'a@b' = ['a@x.org']", "mail.lists: the name 'a@b'", "letters, digits"),
        ("[mail]\nlists = ['a@x.org']", "mail.lists must be a table", "[mail.lists]"),
        ("[mail]\npassword = 'x'", "unknown key mail.password", "Known keys: mail.host"),
        ("title = 'a\ntitle", "is not valid TOML", "Mend it there"),
        ("x = " + "[" * 5000, "is not valid TOML", "Mend it there"),
        ("x = " + "9" * 5000, "is not valid TOML", "Mend it there"),
    ],
)
def test_what_is_wrong_is_named_with_the_file_and_a_way_out(tmp_path: Path, toml: str, message: str, step: str) -> None:
    with pytest.raises(ConfigError) as error:
        loaded(tmp_path, toml)
    assert error.value.message.startswith(f"{tmp_path / 'briefing.toml'}: ")
    assert message in error.value.message
    assert step in error.value.next_step


@pytest.mark.parametrize("url", ["http://a:secret", "https://secret:secret@host", "https://host?secret", "ftp://secret@host"])
def test_the_address_of_a_language_model_is_not_repeated_in_an_error(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigError) as error:
        loaded(tmp_path, f"[extract]\nurl = '{url}'")
    assert "secret" not in str(error.value)


def test_a_file_that_is_not_there_or_is_no_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read") as error:
        load(tmp_path / "no.toml", tmp_path)
    assert "briefing init" in error.value.next_step
    (tmp_path / "latin.toml").write_bytes("title = 'é'".encode("latin-1"))
    with pytest.raises(ConfigError, match="is not valid TOML"):
        load(tmp_path / "latin.toml", tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80) | st.sampled_from(list(configuration.Config.__slots__)).map(lambda key: f"{key} = 1".encode()))
def test_any_bytes_are_settings_or_an_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "any.toml").write_bytes(data)
    try:
        assert load(tmp_path / "any.toml", tmp_path).formats
    except ConfigError as error:
        assert "any.toml: " in error.message


def test_formats_are_those_that_can_be_rendered() -> None:
    assert set(configuration.FORMATS) == set(RENDERERS)


def test_inputs_are_those_given_else_those_of_the_settings(tmp_path: Path) -> None:
    config = loaded(tmp_path, 'inputs = ["one", "two"]')
    assert configuration.inputs(config, [Path("x")]) == (Path("x"),)  # whether it exists is for the reader to say
    (tmp_path / "one").mkdir()
    with pytest.raises(InputError, match="two: no such file or folder"):
        configuration.inputs(config, ())
    (tmp_path / "two").touch()
    assert configuration.inputs(config, ()) == (tmp_path / "one", tmp_path / "two")


def test_feeds_and_pages_are_listed_in_order(tmp_path: Path) -> None:
    feeds = ("[[feed]]\nurl = 'https://a.example/1'", "[[feed]]\nurl = 'https://a.example/2'\noutlet = 'A'")
    toml = "\n[[page]]\nurl = 'http://b.example'\n".join(feeds)
    config = loaded(tmp_path, toml)
    assert [(f.url, f.outlet) for f in config.feed] == [("https://a.example/1", ""), ("https://a.example/2", "A")]
    assert [p.url for p in config.page] == ["http://b.example"]
    assert loaded(tmp_path, "feed = []").feed == ()


def test_each_settings_file_has_a_store_of_its_own(tmp_path: Path) -> None:
    """One desk's mail must not go out as a correction of the other's."""
    desks = [tmp_path / name for name in ("north/briefing.toml", "south/briefing.toml", "south/evening.toml")]
    for desk in desks:
        desk.parent.mkdir(exist_ok=True)
        desk.write_text('inputs = ["store"]\n', encoding="utf-8")
    found = [configuration.load(desk, tmp_path).store_file for desk in desks]
    expected = ("north/.briefing/store.db", "south/.briefing/store.db", "south/.briefing/evening.db")
    assert found == [tmp_path.resolve() / name for name in expected]
    assert configuration.load(None, tmp_path).store_file.parent.name == configuration.APP


def test_the_store_is_an_input_by_name_unless_something_else_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = loaded(tmp_path, 'inputs = ["store"]\n[paths]\nstore = "kept.db"')
    assert (configuration.inputs(config, ()), config.store_file) == ((configuration.STORE,), tmp_path / "kept.db")
    assert configuration.is_store(Path("store")) and not configuration.is_store(Path("stores"))
    (tmp_path / "store").mkdir()
    assert configuration.inputs(config, ()) == (tmp_path / "store",)
    assert not configuration.is_store(Path("store"))


def test_an_error_prints_its_next_step_below_it() -> None:
    assert str(BriefingError("a: is wrong", "Mend it.")) == "a: is wrong\n  Mend it."
    assert str(BriefingError("a: is wrong")) == "a: is wrong"
