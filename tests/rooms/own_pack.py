"""A small pack that a consultancy might write itself: visits at customers."""

OWN_PACK = """
id: north.visits
version: "1"
title: {en: Visits, de: Besuche, pl: Wizyty, ru: Визиты}
intro: {en: Two questions on visits, de: Zwei Fragen zu Besuchen, pl: Dwa pytania o wizyty, ru: Два вопроса о визитах}
units:
  visits:
    text: {en: a week, de: je Woche, pl: tygodniowo, ru: в неделю}
assumptions:
  months_per_year:
    value: 11
    text: {en: months a year, de: Monate im Jahr, pl: miesięcy w roku, ru: месяцев в году}
choices:
  shown:
    - {id: "yes", score: 1, text: {en: "Yes", de: Ja, pl: Tak, ru: Да}}
    - {id: "no", score: 0, text: {en: "No", de: Nein, pl: Nie, ru: Нет}}
sections:
  - id: purpose
    title: {en: Visits, de: Besuche, pl: Wizyty, ru: Визиты}
    items:
      - id: north.visits.visits_week
        kind: number
        unit: visits
        minimum: 0
        role: head
        weight: 3
        demands: [M4]
        label: {en: Visits, de: Besuche, pl: Wizyty, ru: Визиты}
        text: {en: How many customers does one visit?, de: Wie viele Besuche?, pl: Ile wizyt?, ru: Сколько визитов?}
        why: {en: It shows the load, de: Es zeigt die Last, pl: Pokazuje obciążenie, ru: Это показывает нагрузку}
        rules:
          - id: north.visits.visits_week.few
            kind: finding
            severity: medium
            when: {number: {at_most: 1}}
            problem:
              en: A salesperson visits {visits_week} customer a week.
              de: Besuche je Woche {visits_week}.
              pl: Wizyt tygodniowo {visits_week}.
              ru: Визитов в неделю {visits_week}.
            cause: {en: No plan, de: Kein Plan, pl: Brak planu, ru: Нет плана}
            recommendation: {en: Plan them, de: Planen Sie sie, pl: Proszę je zaplanować, ru: Запланируйте их}
      - id: north.visits.visits_planned
        kind: choice
        options: shown
        role: head
        weight: 1
        demands: [M4]
        label: {en: Plan, de: Plan, pl: Plan, ru: План}
        text: {en: Is there a plan?, de: Gibt es einen Plan?, pl: Czy jest plan?, ru: Есть ли план?}
        why: {en: It helps, de: Er hilft, pl: To pomaga, ru: Это помогает}
"""
