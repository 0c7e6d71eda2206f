"""What every test may ask for. The fixtures themselves stand in tests/fixtures."""

pytest_plugins = [
    "tests.fixtures.serving",
    "tests.fixtures.browser",
    "tests.fixtures.examples",
    "tests.fixtures.folders",
    "tests.fixtures.databases",
    "tests.fixtures.deciding",
    "tests.fixtures.desk_door",
    "tests.fixtures.wall",
    "tests.fixtures.post",
    "tests.fixtures.keys",
    "tests.fixtures.ombuds_office",
    "tests.fixtures.doors",
    "tests.fixtures.houses",
    "tests.fixtures.intake_door",
    "tests.fixtures.offices",
    "tests.fixtures.prefect",
    "tests.fixtures.register",
    "tests.fixtures.reporting",
    "tests.fixtures.restructuring",
]
