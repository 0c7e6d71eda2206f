"""`amparo demo`: the house on real parts, with real input, in stepped time."""

from cli.demo.command import demo

__all__ = ["demo"]
