"""Implement: run a CRM rollout through its five stages, and show from data where it tears.

The house, room by room:

    settings, db, store, jobs   what it stands on: environment, database, immutable files, background work
    scratch                     what is written down while somebody works, and ends with them
    engine/                     pure arithmetic: facts or tables in, facts or tables out
    web/                        the desk every room uses: permissions, forms, texts, charts, tables, PDF
    rollout/                    the hall: companies, people, waves, gates, signatures, tasks, reports
    stages/                     five rooms: audit, specification, pilot, transfer, adoption
    control/                    four rooms: regulations, activity, meetings, incentives
    demo/                       a rollout to look at
    commands/                   what `python -m implement …` can do

Each room has the same four doors: tables (what is kept), service (what can be done), forms (what is typed in),
views (what is shown).

Order of doors; a module imports only from its own door or one further right (proved by tests/house/test_doors.py):

    wsgi → app, commands, __main__ → demo → control.incentives → control.meetings → control.activity → stages.adoption
    → stages.transfer → stages.pilot → stages.specification → stages.audit → control.regulations → rollout
    → web, jobs, store, scratch, connect, db, settings → engine
"""
