"""Pictures of a Word document."""

import struct

from caoan_stats.writing.pictures import png_of

SVG = '<svg width="72pt" height="36pt" viewBox="0 0 72 36"><text x="9" y="20">Đỗ Xá</text></svg>'


def size(png: bytes) -> tuple[int, int]:
    return struct.unpack(">II", png[16:24])


def test_a_chart_becomes_a_picture_for_print_with_room_for_its_texts():
    assert size(png_of(SVG)) == (round(200 * (72 + 48) / 72), 100)


def test_a_drawing_of_others_keeps_its_box():
    assert size(png_of(SVG.replace('"72pt"', '"96"').replace('"36pt"', '"48"'))) == (200, 100)


def test_a_picture_says_how_dense_it_is():
    png = png_of(SVG)
    place = png.index(b"pHYs") + 4
    assert struct.unpack(">IIB", png[place : place + 9]) == (7874, 7874, 1)


def test_the_same_drawing_gives_the_same_bytes():
    assert png_of(SVG) == png_of(SVG)
