"""What may leave a flow when it fails: a code and a reference, nothing else."""


class SafeError(Exception):
    """The only exception a flow raises. Prefect keeps exception texts in clear, and chained ones too: raise it `from None`."""

    def __init__(self, code: str, ref: str) -> None:
        super().__init__(f"{code} ref={ref}")
        self.code = code
        self.ref = ref
