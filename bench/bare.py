"""The least that could be called a door: FastAPI, SQLAlchemy, one table, `/readyz`. Only what our own doors are compared with."""

import os
import sys

import uvicorn
from fastapi import FastAPI
from sqlalchemy import String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    """The register of tables."""


class Item(Base):
    """The one table."""

    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String)


def main() -> None:
    """Serve on the port of the first argument; the database's address stands in BARE_URL."""
    engine = create_engine(os.environ["BARE_URL"], pool_pre_ping=True)
    Base.metadata.create_all(engine)
    app = FastAPI()

    @app.get("/readyz")
    def ready() -> dict[str, int]:
        with Session(engine) as session:
            return {"items": len(session.scalars(select(Item)).all())}

    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
