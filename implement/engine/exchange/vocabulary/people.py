"""What firms call the columns of people, their days off, meetings and orders, in four languages."""

from implement.engine.exchange.vocabulary.words import Words, word_list

USERS: Words = {
    "user": word_list("""
        user | user id | userid | user name | username | login | employee | employee id | emp id | staff id |
        person | person id | agent | sales agent | sales rep | salesperson | member id | uid | object id | email
        | e mail | name | id | benutzer | benutzer id | benutzername | nutzer | anwender | mitarbeiter |
        mitarbeiter id | mitarbeiternummer | mitarbeiter nr | personalnummer | personal nr | kennung |
        uzytkownik | id uzytkownika | pracownik | id pracownika | handlowiec | пользователь | id пользователя |
        логин | сотрудник | id сотрудника | табельныи номер | работник | менеджер
    """),
    "team": word_list("""
        team | team name | team id | department | dept | group | unit | org unit | org id | organisation |
        organization | org | office | regional office | branch | abteilung | gruppe | bereich | zespol | dzial |
        oddzial | grupa | команда | отдел | группа | подразделение
    """),
    "role": word_list("""
        role | job | job title | position | title | function | rolle | funktion | stelle | tatigkeit | rola |
        stanowisko | funkcja | роль | должность | функция | позиция
    """),
    "wave": word_list("wave | rollout wave | rollout group | cohort | welle | fala | tura | волна | этап"),
    "fte": word_list("""
        fte | fte share | full time equivalent | employment rate | part time | workload | stellenanteil | vza |
        pensum | beschaftigungsgrad | arbeitszeit | arbeitszeitanteil | etat | wymiar etatu | ставка | доля ставки
    """),
    "manager": word_list("""
        manager | manager id | head | supervisor | reports to | line manager | vorgesetzter | vorgesetzte |
        leiter | fuhrungskraft | kierownik | przelozony | руководитель | начальник
    """),
    "go_live": word_list("""
        go live | golive | go live date | live since | live date | crm start | produktivstart | echtbetrieb |
        start produkcyjny | start crm | дата запуска | запуск
    """),
    "hired": word_list("""
        hired | hire date | hired on | start date | joined | join date | entry date | employed since | creation
        time | created at | created | signup date | sign up date | registered | registered at | eintritt |
        eintrittsdatum | eingestellt am | beginn | data zatrudnienia | zatrudniony | zatrudniony od | data
        utworzenia | дата приема | принят | дата наима | дата создания
    """),
    "left": word_list("""
        left | left on | leave date | exit date | end date | termination date | terminated | deactivated at |
        austritt | austrittsdatum | ausgeschieden | ausgeschieden am | data odejscia | data zwolnienia |
        zatrudniony do | дата увольнения | уволен
    """),
    "work_days": word_list("""
        work days | workdays | working days | days worked | arbeitstage | dni pracy | dni robocze | рабочие дни
    """),
}

ABSENCES: Words = {
    "user": (),
    "from": word_list("""
        from | from date | start | start date | begin | first day | date | day | date from | von | beginn | ab |
        startdatum | datum | od | poczatek | data od | data | с | начало | дата начала | с даты | дата
    """),
    "to": word_list("""
        to | to date | end | end date | until | last day | date to | bis | ende | enddatum | do | koniec | data
        do | по | до | конец | окончание | дата окончания | по дату
    """),
    "kind": word_list("kind | type | reason | absence type | art | grund | rodzaj | typ | powod | вид | тип | причина"),
}

HOLIDAYS: Words = {
    "date": word_list("""
        date | day | holiday | holiday date | datum | tag | feiertag | data | dzien | swieto | дата | день |
        праздник
    """),
}

MEETINGS: Words = {
    "team": (),
    "weekday": word_list("weekday | day of week | day | wochentag | tag | dzien tygodnia | dzien | день недели | день"),
    "hour": word_list("hour | time | start | start time | uhrzeit | stunde | godzina | час | время | начало"),
}

MIGRATION: Words = {
    "record_id": (),
    "user": (),
    "status": word_list("""
        status | state | result | outcome | ergebnis | zustand | stan | wynik | статус | результат | состояние
    """),
}

ORDERS: Words = {
    "order_id": word_list("""
        order id | order | order no | order number | id | auftrag | auftragsnummer | bestellung | zamowienie |
        nr zamowienia | заказ | номер заказа
    """),
    "user": (),
    "date": word_list("""
        date | order date | booked | booked on | booking date | datum | auftragsdatum | data | data zamowienia |
        дата | дата заказа
    """),
    "crm_deal_id": word_list("""
        crm deal id | deal id | deal | opportunity id | crm id | chance id | id szansy | id сделки | сделка
    """),
}

CALLS: Words = {
    "user": word_list("""
        user | extension | line | ext | caller | sender | mailbox | employee | user id | agent | nebenstelle |
        durchwahl | anschluss | teilnehmer | postfach | mitarbeiter | benutzer | numer wewnetrzny | wewnetrzny |
        skrzynka | pracownik | uzytkownik | внутреннии номер | добавочныи | ящик | сотрудник | пользователь
    """),
    "date": word_list("""
        date | call date | time | started | start time | day | sent at | at | datum | zeitpunkt | beginn | tag | data |
        dzien | data i godzina | дата | время | дата и время | день | начало
    """),
    "client": word_list("""
        client | customer | number | phone | phone number | called number | destination | recipient | to | domain |
        kunde | rufnummer | zielrufnummer | gegenstelle | empfanger | klient | numer | numer telefonu | odbiorca |
        domena | клиент | номер | номер телефона | абонент | получатель | домен
    """),
    "direction": word_list("direction | call type | richtung | kierunek | направление"),
    "channel": word_list("channel | medium | kind | type | art | kanal | rodzaj | typ | канал | вид | тип"),
    "count": word_list("""
        count | number of calls | calls | mails | messages | quantity | anzahl | anrufe | liczba | ilosc | количество |
        число | звонков | писем
    """),
}
