"""The public page with nothing funded, everything funded, no ceiling, and without a date."""

import pytest

from tests.present.conftest import kecamatan
from workbench.deliberation import decided_list
from workbench.present.i18n import translator
from workbench.present.minutes.material import MinutesList
from workbench.present.public_page import PublicForum, public_page


@pytest.mark.parametrize(("ceiling", "agreed"), [(1, 0), (10**13, 9), (None, 0)])
def test_every_proposal_is_counted_and_a_missing_date_leaves_no_trace(ceiling, agreed):
    case = kecamatan(12, ceiling)
    one = MinutesList(case.session, case.outcome, decided_list(case.outcome, None))
    page = public_page(PublicForum(case.session, {"": one}, False, "x.json", "ab" * 32), translator("id"))
    assert f"12 usulan dibahas: {agreed} disepakati" in page
    assert '<p class="subtitle">Gantarang \u00b7 tahun rencana 2027</p>' in page
    assert "belum dikunci" in page
