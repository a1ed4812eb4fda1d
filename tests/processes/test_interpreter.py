"""What child processes can import."""

import sys
import sysconfig

from helpers.processes.interpreter import own_folder, own_path


def test_child_processes_find_no_module_of_the_caller(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/from/variable")
    monkeypatch.setattr(sys, "argv", ["/script/build.py"])
    monkeypatch.setattr(sys, "path", ["", "/script", "/from/variable", "/lib", "/site-packages"])
    assert own_path() == [own_folder(), "/lib", "/site-packages"]


def test_child_processes_find_what_is_installed_where_the_script_lies_there_too(monkeypatch):
    installed = sysconfig.get_path("purelib")
    monkeypatch.setattr(sys, "argv", [f"{installed}/ipykernel_launcher.py"])
    assert installed in own_path()
