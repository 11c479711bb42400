"""Elections in Pabulib files: small ones of every vote type, decided by counting on fingers."""

HEAD = ["META", "key;value", "description;Reference case", "PROJECTS"]
PROJECTS = {"10": 40, "2": 40, "7": 35, "9": 90}


def text(kind, budget, ballots, official=(), projects=PROJECTS):
    columns = "project_id;cost;name" + (";selected" if official else "")
    lines = [*HEAD[:3], f"budget;{budget}", f"vote_type;{kind}", "rule;greedy", HEAD[3], columns]
    for label, cost in projects.items():
        lines.append(
            f'{label};{cost};"Project; {label}"' + (f";{int(label in official)}" if official else "")
        )
    return [*lines, "VOTES", "voter_id;vote;points", *(f"{at};{one}" for at, one in enumerate(ballots, 1))]


def walk(votes, budget, projects=PROJECTS):
    """Return what is elected by total votes: equal votes by lower cost, then by the order of texts."""
    elected, left = [], budget
    for label in sorted(projects, key=lambda one: (-votes[one], projects[one], one)):
        if projects[label] <= left:
            elected.append(label)
            left -= projects[label]
    return elected, left


def by_votes():
    approvals = ["2,9", "2,10", "10,9", "9,7", "9;"]
    orders = ["9,2,7", "7,10", "2", "9"]
    points = [("2,9", "6,4"), ("10", "10"), ("9,7", "9,1"), ("2,10,7", "0,5,5")]
    longest = 3
    counted = {
        "approval": {
            one: sum(one in ballot.strip(";").split(",") for ballot in approvals) for one in PROJECTS
        },
        "ordinal": dict.fromkeys(PROJECTS, 0),
        "cumulative": dict.fromkeys(PROJECTS, 0),
    }
    for ballot in orders:
        for place, label in enumerate(ballot.split(",")):
            counted["ordinal"][label] += longest - place
    for labels, given in points:
        for label, value in zip(labels.split(","), given.split(","), strict=True):
            counted["cumulative"][label] += int(value)
    written = {
        "approval": approvals,
        "ordinal": orders,
        "cumulative": [f"{labels};{given}" for labels, given in points],
    }
    counted["scoring"], written["scoring"] = counted["cumulative"], written["cumulative"]
    for kind, votes in counted.items():
        elected, left = walk(votes, 120)
        yield (
            f"{kind}_by_total_votes",
            "pb_election",
            {"pb": text(kind, 120, written[kind], official=elected)},
            {
                "elected": elected,
                "votes": votes,
                "spent": 120 - left,
                "left": left,
                "vote_type": kind,
                "official": sorted(elected),
                "same_after_writing": True,
            },
            "counted by hand: most votes first, what does not fit is passed over",
        )


def in_shares():
    yield (
        "equal_shares_serve_the_few_as_well",
        "pb_election",
        {
            "pb": text(
                "approval", 60, ["a,b", "a,b", "a,b", "a,b", "c", "c"], (), {"a": 20, "b": 20, "c": 20}
            ),
            "rule": "equal_shares",
            "completion": "none",
        },
        {"elected": ["a", "b", "c"], "spent": 60, "voters_without": 0},
        "six shares of 10: four pay 5 and 5 for a and b, two pay 10 for c",
    )
    yield (
        "most_votes_within_the_budget_to_the_cent",
        "pb_election",
        {
            "pb": text(
                "approval", "1.10", ["a", "b,c", "b,c", "a"], (), {"a": "1.10", "b": "0.55", "c": "0.55"}
            ),
            "rule": "most_votes",
        },
        {"selected": "b,c", "spent": 1.1, "left": 0},
        "two projects with two votes each cost as much as one with two",
    )


def refused():
    yield (
        "a_project_that_is_not_listed",
        "pb_election",
        {"pb": text("approval", 60, ["2,8"])},
        {
            "error": "pb_unknown_project",
            "problems": [{"code": "pb_unknown_project", "row": 15, "column": "vote", "value": "8"}],
        },
        "line 15 of the text names project 8",
    )


def cases():
    for topic in (by_votes, in_shares, refused):
        yield from topic()
