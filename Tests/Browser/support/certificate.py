"""A certificate for localhost, and the authority that signed it."""

import subprocess
from pathlib import Path


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """Chain and key for localhost, new, good for 90 days, signed by an authority of its own."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)

    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    authority, key, request, leaf, chain = (folder / f"{name}.{end}" for end in ("ca.pem", "key", "csr", "pem", "chain.pem"))
    openssl("req", "-x509", *curve, "-days", "90", "-subj", f"/CN={name} authority", "-keyout", f"{authority}.key", "-out", authority)
    openssl("req", *curve, "-subj", f"/CN={name}", "-keyout", key, "-out", request)
    extensions = folder / f"{name}.ext"
    extensions.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\nkeyUsage=critical,digitalSignature\n"
                          "basicConstraints=critical,CA:FALSE\n")
    openssl("x509", "-req", "-in", request, "-CA", authority, "-CAkey", f"{authority}.key", "-CAcreateserial", "-days", "90", "-sha256",
            "-extfile", extensions, "-out", leaf)
    chain.write_text(leaf.read_text())
    return chain, key
