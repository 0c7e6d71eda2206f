"""The supervisor: starts what Amparo runs on, keeps it running, and leaves nothing behind when it ends."""
