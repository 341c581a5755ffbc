"""Times of an article: a few cuts of a year, and every period, running total and moment between them."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from workspace import When, ends, last_of_month, starts

MONTHS = "January February March April May June July August September October November December".split()
DAY = datetime.timedelta(days=1)


@dataclass
class Frame:
    """`cuts` are the days on which a smallest period begins, the last of them the day after the last one."""

    cuts: list[datetime.date]
    dateline: datetime.date

    @property
    def now(self) -> int:
        return starts(self.dateline) + 1

    @property
    def instants(self) -> list[int]:
        points = {starts(cut) for cut in self.cuts}
        points |= {self.now, starts(self.dateline.replace(day=1))}
        return sorted(points)

    def periods(self) -> list[When]:
        found = []
        for i, first in enumerate(self.cuts):
            for beyond in self.cuts[i + 1 :]:
                last = beyond - DAY
                found.append(When("period", period_text(first, last), starts(first), ends(last)))
        return found

    def throughs(self) -> list[When]:
        found = []
        for cut in self.cuts[1:]:
            found.append(When("through", f"through {cut - DAY}", 0, starts(cut)))
        return found

    def vagues(self) -> list[When]:
        """Running totals to some day of a month that is over."""
        found = []
        for first in self.cuts:
            last = last_of_month(first.year, first.month)
            if first.day == 1 and last + DAY <= self.dateline.replace(day=1) and last + DAY <= self.cuts[-1]:
                for text in (f"by some day of {MONTHS[first.month - 1]}", f"through {first.year}-{first.month:02}-XX"):
                    found.append(When("vague", text, starts(first), ends(last)))
        return found

    def moments(self) -> list[When]:
        return [When("moment", str(cut - DAY), 0, starts(cut)) for cut in self.cuts]

    def so_far(self) -> When:
        return When("period", "so far this month", starts(self.dateline.replace(day=1)), self.now)

    def to_date(self) -> When:
        return When("through", "to date", 0, self.now)


def period_text(first: datetime.date, last: datetime.date) -> str:
    whole = first.day == 1 and last == last_of_month(last.year, last.month)
    if first == last:
        return str(first)
    if whole:
        if first.month == last.month:
            return f"{first.year}-{first.month:02}"
        if first.month % 3 == 1 and last.month == first.month + 2:
            return f"Q{first.month // 3 + 1} {first.year}"
        if first.month % 6 == 1 and last.month == first.month + 5:
            return f"H{first.month // 6 + 1} {first.year}"
        if first.month == 1 and last.month == 12:
            return str(first.year)
        return f"{first.year}-{first.month:02}/{last.year}-{last.month:02}"
    return f"{first}/{last}"


def covered(whole: When, group: tuple[When, ...]) -> bool:
    """Whether every instant of a period lies in one of a group."""
    reached = whole.start
    for part in sorted(group, key=lambda w: w.start):
        if part.start > reached:
            return False
        reached = max(reached, part.end)
    return reached >= whole.end


def draw_frame(draw: random.Random) -> Frame:
    if draw.random() < 0.75:
        count = draw.choice([2, 3, 3, 4])
        month = draw.randint(1, 12 - count)
        cuts = [datetime.date(2025, month + i, 1) for i in range(count + 1)]
        if draw.random() < 0.3:
            inner = draw.choice(cuts[:-1]) + draw.randint(5, 20) * DAY
            cuts.append(inner)
        cuts.sort()
        last = cuts[-1] - DAY
        if draw.random() < 0.5:
            dateline = last.replace(day=draw.randint(22, 26))
        else:
            dateline = cuts[-1] + draw.randint(0, 20) * DAY
    else:
        month = draw.randint(2, 10)
        days = sorted(draw.sample(range(2, 26), draw.choice([3, 4])))
        cuts = [datetime.date(2025, month, day) for day in days]
        dateline = datetime.date(2025, month + 1, draw.randint(3, 20))
        if draw.random() < 0.4:
            dateline = cuts[-1] + 2 * DAY
    return Frame(cuts, dateline)
