"""A Firefox of the system, headless, driven by Mozilla's own Marionette: Playwright cannot drive a stock Firefox."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from marionette_driver.marionette import Marionette

PREFERENCES = {
    "marionette.port": "0",
    "app.update.enabled": "false",
    "network.captive-portal-service.enabled": "false",
    "network.connectivity-service.enabled": "false",
    "browser.safebrowsing.malware.enabled": "false",
    "browser.aboutwelcome.enabled": "false",
    "datareporting.policy.dataSubmissionEnabled": "false",
}


def program() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


@contextlib.contextmanager
def firefox(url: str, seconds: float = 60):
    """Opens a page; gives the session. Ends the browser it started, and nothing else."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        lines = (f'user_pref("{name}", {value});\n' for name, value in PREFERENCES.items())
        Path(profile, "user.js").write_text("".join(lines))
        process = subprocess.Popen(
            [program(), "--headless", "--no-remote", "--marionette", "--profile", profile, "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            env=os.environ | {"HOME": profile})
        try:
            port, deadline = Path(profile, "MarionetteActivePort"), time.monotonic() + seconds
            while not (port.exists() and port.read_text().strip()):
                assert process.poll() is None and time.monotonic() < deadline, "Firefox did not start"
                time.sleep(0.1)
            session = Marionette(host="127.0.0.1", port=int(port.read_text()), socket_timeout=seconds)
            session.start_session()
            session.timeout.page_load = session.timeout.script = seconds
            session.navigate(url)
            yield session
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
