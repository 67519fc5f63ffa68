"""What firms call the columns of a log of events, in English, German, Polish and Russian."""

from implement.engine.exchange.vocabulary.words import Words, word_list

EVENTS: Words = {
    "user": word_list("""
        user | user id | userid | user name | username | login | login name | user login | user email | actor |
        actor id | employee | employee id | emp id | staff | staff id | org resource | resource | resource id |
        agent | agent id | sales agent | sales rep | rep | rep id | salesperson | seller | person | person id |
        operator | member | member id | worker | performed by | done by | changed by | modified by | created by
        | created by id | createdbyid | created by user | creator | creator id | initiator | initiated by |
        activity assigned to | engagement owner | hubspot owner id | author | uid | who | sender | from | owner
        | owner id | account | account name | responsible | email |
        e mail | benutzer | benutzer id | benutzername | benutzerkennung | nutzer | nutzer id | anwender |
        mitarbeiter | mitarbeiter id | mitarbeiternummer | mitarbeiter nr | personalnummer | personal nr |
        bearbeiter | sachbearbeiter | verkaufer | erstellt von | angelegt von | ausgefuhrt von | geandert von |
        kennung | uzytkownik | id uzytkownika | login uzytkownika | nazwa uzytkownika | pracownik | id
        pracownika | handlowiec | wykonawca | autor | sprzedawca | opiekun | utworzyl | wykonal | kto |
        пользователь | id пользователя | имя пользователя | логин | сотрудник | id сотрудника | табельныи номер
        | менеджер | исполнитель | автор | продавец | оператор | ответственныи | кто | работник
    """),
    "ts": word_list("""
        ts | timestamp | time stamp | time timestamp | datetime | date time | event time | event timestamp |
        event date time | occurred at | logged at | login time | login at | created at | createdat | created on
        | created | create date | created date | createdate | createddate | hs createdate | creation time |
        performed at | done at | complete timestamp | completed at | end time |
        start timestamp | start time | changed at | modified at | updated at | sent at | sent | time | when | at
        | date | event date | day | usage date | login date | epoch | unix time | zeitstempel | zeitpunkt |
        datum uhrzeit | datum und uhrzeit | datum zeit | erstellt am | angelegt am | geandert am | ereigniszeit
        | anmeldezeit | zeit | datum | tag | znacznik czasu | data i czas | data czas | data godzina | data i
        godzina | data utworzenia | utworzono | data zdarzenia | czas zdarzenia | czas | data | dzien | метка
        времени | дата и время | дата время | время события | дата создания | создано | когда | время | дата |
        дата события | день
    """),
    "time_of_day": word_list("""
        time | time of day | clock | hour minute | uhrzeit | zeit | godzina | czas | время | час
    """),
    "object": word_list("""
        object | object type | engagement type | hs engagement type | entity | entity type | record type |
        module | item type | resource type | objekt
        | objekttyp | objektart | modul | obiekt | typ obiektu | encja | объект | тип объекта | модуль |
        сущность | table name | type | typ | art | тип
    """),
    "action": word_list("""
        action | action type | operation | verb | event | event type | event name | activity | activity name |
        activity type | concept name | change type | task name | feature name | feature | aktion | vorgang |
        ereignis | tatigkeit | aktivitat | ereignistyp | akcja | operacja | czynnosc | zdarzenie | aktywnosc |
        деиствие | операция | событие | активность | тип события | тип деиствия
    """),
    "lifecycle": word_list("lifecycle transition | lifecycle | transition | life cycle"),
    "record_id": word_list("""
        record id | record | object id | entity id | item id | case concept name | case id | caseid | case |
        deal id | contact id | associated deal ids | associated contact ids | associated company ids | parent id |
        element id | id элемента | datensatz nr | datensatznummer | nr rekordu | opportunity id | ticket id |
        task id | document id | datensatz | datensatz id |
        objekt id | fall | fall id | fallnummer | vorgangsnummer | id rekordu | rekord | id obiektu | sprawa |
        nr sprawy | id sprawy | запись | id записи | id объекта | id сделки | дело | номер дела
    """),
    "source": word_list("""
        source | event source | entry source | origin | input channel | quelle | herkunft | zrodlo | источник
    """),
    "effective_date": word_list("""
        effective date | effective | effective on | actual date | activity date | happened on | happened at |
        visit date | call date | real date | tatsachliches datum | leistungsdatum | wirksam am | wirksam |
        stattgefunden am | data faktyczna | data efektywna | data rzeczywista | фактическая дата | дата
        фактическая | дата визита | дата звонка | деиствительно с
    """),
    "filled": word_list("""
        filled | filled fields | fields filled | ausgefullt | ausgefullte felder | wypelnione | wypelnione pola
        | заполнено | заполнено полеи
    """),
    "total": word_list("""
        total | total fields | fields total | fields | felder | felder gesamt | anzahl felder | wszystkie pola |
        pola | liczba pol | всего полеи | полеи | всего
    """),
    "changed": word_list("""
        changed | changed fields | fields changed | is changed | geandert | geanderte felder | zmieniono |
        zmienione pola | изменено | изменено полеи
    """),
    "text_hash": word_list("""
        text hash | note hash | texthash | hash | note | note text | notes | comment | notiz | kommentar |
        notatka | komentarz | заметка | комментарии | хеш
    """),
    "stage_from": word_list("""
        stage from | from stage | old stage | previous stage | phase von | alte phase | etap z | poprzedni etap
        | стадия из | прежняя стадия
    """),
    "stage_to": word_list("""
        stage to | to stage | new stage | stage | phase nach | neue phase | phase | etap do | nowy etap | etap |
        стадия в | новая стадия | стадия | этап
    """),
    "target_user": word_list("""
        target user | target | assigned to | assignee | recipient | receiver | zugewiesen an | empfanger |
        przypisano do | przypisany do | odbiorca | назначено | назначен | получатель | адресат
    """),
    "hits": word_list("""
        hits | results | result count | search results | treffer | wyniki | liczba wynikow | результатов |
        наидено
    """),
    "on_behalf_of": word_list("""
        on behalf of | behalf of | on behalf | represented user | im auftrag von | in vertretung von |
        vertretung fur | w imieniu | w zastepstwie | от имени | по поручению
    """),
}
