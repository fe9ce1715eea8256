"""The JDKs of this machine."""

import glob
import os
import re

_PLACES = ("/usr/lib/jvm/*", "/opt/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home", "~/.sdkman/candidates/java/*")
_OLDEST = 17


class NoJava(Exception):
    """No JDK fits; the message says what to do."""


def _major(home):
    try:
        with open(os.path.join(home, "release"), encoding="utf-8") as file:
            found = re.search(r'^JAVA_VERSION="(\d+)', file.read(), re.MULTILINE)
    except OSError:
        return None
    return int(found.group(1)) if found else None


def installed():
    """Java homes by major version."""
    homes = [os.environ.get("JAVA_HOME", "")]
    for place in _PLACES:
        homes += sorted(glob.glob(os.path.expanduser(place)))
    found = {}
    for home in homes:
        major = _major(home) if home and os.access(os.path.join(home, "bin", "java"), os.X_OK) else None
        if major is not None and major >= _OLDEST:
            found.setdefault(major, home)
    return found


def home(major=None):
    """(major, home) of the JDK with this major version, or of the newest.

    Raises NoJava when there is none.
    """
    found = installed()
    wanted = max(found, default=None) if major is None else major
    if wanted not in found:
        raise NoJava(f"No Java {wanted or '17 or newer'} was found; there are: {sorted(found) or 'none'}. Set JAVA_HOME to one.")
    return wanted, found[wanted]
