"""Runs a coroutine in a thread of its own: where Playwright has been, the main one has a loop already."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def run_apart(coroutine):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
