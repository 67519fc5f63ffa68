"""Grading a quiz, dates, the funnel, weak questions, quizzes as they are typed, the shipped lessons."""

from datetime import date
from pathlib import Path

import pytest

from implement.engine.checklist.lessons import load_lessons
from implement.engine.training import (
    Learning,
    QuizQuestion,
    UnusableQuiz,
    count_steps,
    find_due,
    find_wanted_functions,
    find_weak_questions,
    grade_quiz,
    read_quiz,
    write_quiz,
)

LESSONS = Path("checklists/lessons.yaml")
MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("answers", "right", "is_passed"),
    [([2, 3, 1], 3, True), ([2, 3, 3], 2, True), ([2, None, None], 1, False), ([], 0, False), ([2, 3, 1, 9], 3, True)],
)
def test_a_quiz_is_passed_from_two_of_three_on(answers: list[int | None], right: int, is_passed: bool) -> None:
    grade = grade_quiz([2, 3, 1], answers, 66)
    assert (grade.right, grade.is_passed) == (right, is_passed)


def test_a_lesson_without_a_quiz_is_learned_by_reading_it() -> None:
    assert grade_quiz([], [], 66).is_passed


def test_nobody_must_have_learned_before_their_wave_begins() -> None:  # M108
    assert find_due(MONDAY, date(2026, 3, 20), 5) == date(2026, 3, 25)
    assert find_due(MONDAY, date(2026, 1, 5), 5) == date(2026, 3, 7)
    assert find_due(MONDAY, None, 5) == date(2026, 3, 7)


def test_whoever_came_further_counts_in_each_step_before() -> None:
    rows = [Learning(False, False, False), Learning(True, False, False), Learning(False, False, True)]
    assert count_steps(rows) == {"enrolled": 3, "read": 2, "tried": 1, "passed": 1}


def test_a_question_that_two_of_five_get_wrong_is_weak_and_four_people_are_too_few() -> None:
    five = [(1, [0, 2], 3), (1, [0], 3), (1, [], 3), (1, [2], 3), (1, [], 3)]
    found = find_weak_questions([*five, *[(2, [1], 3)] * 4])
    assert [(one.lesson_id, one.question, one.wrong, one.people) for one in found] == [(1, 0, 2, 5), (1, 2, 2, 5)]


def test_functions_without_a_lesson_come_first_among_those_often_asked_about() -> None:
    asked = {"deal": 9, "history": 4, "import": 3, "reports": 2}
    assert find_wanted_functions(asked, {"deal"}) == [("history", 4, False), ("import", 3, False), ("deal", 9, True)]


def test_a_typed_quiz_reads_and_writes_the_same() -> None:
    typed = "What comes first?\n- Make a card\n+ Search\n\nAnd then?\n+ Call\n- Wait"
    questions = read_quiz(typed)
    assert questions[0] == QuizQuestion("What comes first?", ("Make a card", "Search"), 2)
    assert write_quiz(questions) == typed


def test_each_fault_of_a_typed_quiz_is_named_with_its_line() -> None:
    with pytest.raises(UnusableQuiz) as refusal:
        read_quiz("- an option\nOne?\n+ yes\nTwo?\n+ a\n+ b\n-\n")
    found = [(one.line, one.code) for one in refusal.value.faults]
    assert found == [(1, "no_question"), (2, "few_options"), (4, "one_right"), (7, "no_option")]


def test_eight_lessons_with_a_quiz_come_with_the_product() -> None:  # M27, M108
    book = load_lessons(LESSONS)
    assert len(book.lessons) >= 8
    assert all(len(one.questions) >= 3 and len(one.steps) >= 4 for one in book.lessons)
    assert {one.function for one in book.lessons} <= set(book.functions)
    assert all(len({one.right for one in lesson.questions}) > 1 for lesson in book.lessons)
