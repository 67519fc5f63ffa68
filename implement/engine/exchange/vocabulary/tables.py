"""What firms call the tables of a usage log, in English, German, Polish and Russian."""

from implement.engine.exchange.vocabulary.words import Words, word_list

TABLE_WORDS: Words = {
    "events": word_list("""
        events | event | usage | usage events | activity | activities | log | logs | audit log | audit trail |
        history | engagement | sessions | logins | login | actions | clicks | ereignisse | protokoll |
        aktivitaten | nutzung | verlauf | anmeldungen | zdarzenia | dziennik | aktywnosc | aktywnosci |
        logowania | historia | события | журнал | активность | лог | история | входы | деиствия
    """),
    "users": word_list("""
        users | user | employees | staff | people | members | team members | sales team | persons | agents |
        benutzer | mitarbeiter | nutzer | personal | anwender | uzytkownicy | pracownicy | kadra | handlowcy |
        пользователи | сотрудники | персонал | работники
    """),
    "absences": word_list("""
        absences | absence | leave | leaves | vacation | vacations | time off | sick leave | abwesenheiten |
        abwesenheit | urlaub | fehlzeiten | nieobecnosci | nieobecnosc | urlopy | отсутствия | отпуска | отпуск
    """),
    "holidays": word_list("""
        holidays | holiday | public holidays | bank holidays | feiertage | swieta | dni wolne | праздники |
        выходные | праздничные дни
    """),
    "meetings": word_list("""
        meetings | meeting | team meetings | besprechungen | sitzungen | spotkania | zebrania | совещания |
        встречи | планерки
    """),
    "migration": word_list("""
        migration | migrated | migration status | transfer | uebernahme | ubernahme | migracja | миграция |
        перенос
    """),
    "calls": word_list("""
        calls | call list | call detail records | phone bill | telephone | telephone bill | mail gateway | mail counts |
        rufliste | einzelverbindungsnachweis | anrufe | mailgateway | bilingi | billing | polaczenia | звонки |
        детализация | почтовыи шлюз
    """),
    "orders": word_list("orders | order | bookings | sales orders | auftrage | bestellungen | zamowienia | заказы"),
}
