from actions.sealing import trusted_keys
def test_it(ombuds_office):
    with ombuds_office.desk.open() as books:
        assert len(trusted_keys(books)) == 5
    assert set(ombuds_office.callers) == {"head","officer_a","officer_b","alternate"}
    print(ombuds_office.rows("select name from person"))
