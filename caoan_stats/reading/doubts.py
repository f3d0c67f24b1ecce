"""Why what was read may be something else. The phrases for each are in `[reading_doubt]`."""

TIE = "tie"  # another indicator is named nearly as well
FROM_AFAR = "from_afar"  # its words stand far from the figure
TWO_VALUES = "two_values"  # the report states another value elsewhere
TWO_FACTS = "two_facts"  # the sentence states two changes, or two shares of a plan
OTHER_COMMUNE = "other_commune"  # the sentence names one that is not ours
OTHER_YEAR = "other_year"  # and the data does not have it
TWO_READINGS = "two_readings"  # a sign can part thousands or decimals
TOO_SMALL, TOO_LARGE = "too_small", "too_large"  # for a commune
ANOTHER_UNIT = "another_unit"  # the words are plain, but the unit is another
FAR_FROM_LAST_YEAR = "far_from_last_year"
UNCLEAR_CHANGE = "unclear_change"  # “giảm dưới 5 hộ”: to a level, or by a number
NO_BOUND = "no_bound"  # a number among tasks, with no word of an aim
NO_HEAD = "no_head"  # a row of numbers without the head of its columns
