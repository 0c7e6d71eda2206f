"""What disclosure control costs is measured and shown."""

from bench.disclosure import disclose, shown


def test_an_office_is_measured_beside_the_engine_alone():
    (measured,) = disclose({"tiny": 12})
    assert measured.ours_found == 0
    assert 0 < measured.ours.cells <= 1
    assert 0 < measured.alone.cells <= 1
    said = shown([measured])
    assert f"| tiny | 12 | {measured.ours.cells:.0%} |" in said
    assert f"{measured.peak_mb} MB" in said
