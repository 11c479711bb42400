"""The words of a rehearsal in tests."""

from workbench.room.rehearsal import Words

WORDS = Words(
    mark="latihan",
    slip="salah ketik",
    torn="kartu robek",
    condition="lahan belum siap",
    late="usulan terlambat",
    price="harga ditawar",
    ceiling="pagu turun",
    mufakat="mufakat forum",
    reopened="salah baca",
    activity="Perbaikan titian",
)
