"""The day before and after its items: what waits, and what it came to."""

from __future__ import annotations

import streamlit as st

from engine import charts
from engine.i18n import in_language, say, say_count
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.address import StudyAddress
from engine.pages.components.keys import Keys, key_handler
from engine.pages.formatting import percent, short_date
from engine.pages.guard import apart, page_title
from engine.pages.session import Session
from engine.pages.study import actions
from engine.pages.study.exam_strip import exam_strip
from engine.pages.study.reveal import undo_button
from engine.study import Summary, Today, summarize


def overview(session: Session, address: StudyAddress) -> None:
    """What today holds, with one button to begin; the day's summary once it is done."""
    now = clock.now()
    day = session.study.today(session.person, now, more=address.more)
    if day.is_over:
        _done(session, day, address)
    else:
        _waiting(session, day, address)
    with apart():
        exam_strip(session)
    if day.passed_over:
        _passed_over(session, day)
    if day.answered:
        with apart():
            _summary(session, summarize(session.study, session.person, now))
        undo_button(session, address, expected=None)
    key_handler(
        Keys(
            presentation=f"overview-{day.answered}-{day.is_over}",
            press={"Enter": "start", "Space": "start", "u": "undo"},
        )
    )


def _passed_over(session: Session, day: Today) -> None:
    text = say_count(
        "{count} item cannot be shown just now and is passed over. Whoever looks after the course "
        "has been told, and your schedule keeps its place.",
        "{count} items cannot be shown just now and are passed over. Whoever looks after the "
        "course has been told, and your schedule keeps their places.",
        day.passed_over,
    )
    st.caption(f":material/skip_next: {session.translate(text)}")


def _waiting(session: Session, day: Today, address: StudyAddress) -> None:
    translate = session.translate
    page_title(translate(say("Today")))
    with st.container(horizontal=True, key="counts"):
        st.metric(translate(say("To review")), day.counts.due + day.counts.again)
        st.metric(translate(say("New concepts")), len(day.concepts))
        st.metric(
            translate(say("Time")),
            translate(say_count("about {count} minute", "about {count} minutes", day.minutes)),
        )
    _new_concepts(session, day)
    st.caption(translate(say("What you miss comes back in the session, until it was right once.")))
    _could_wait(session, day)
    if not day.answered and not day.counts.due:
        st.markdown(
            translate(
                say(
                    "Every question is drawn from a simulation, with numbers nobody has seen. "
                    "Say how sure you are with each answer: at the end you see how well that fits."
                )
            )
        )
    with st.container(key="start"):
        label = say("Continue **Enter**") if day.answered else say("Start **Enter**")
        st.button(
            translate(label),
            key="start-today",
            type="primary",
            on_click=actions.start_today,
            args=(address,),
        )


def _new_concepts(session: Session, day: Today) -> None:
    """What will be taught today, by name."""
    cards = session.study.course(clock.now()).cards
    titles = [
        in_language(cards[id].title, session.person.language) for id in day.concepts if id in cards
    ]
    if not titles:
        return
    heading = session.translate(say("What you will learn today"))
    st.markdown("\n".join([f"**{heading}**", "", *(f"- {title}" for title in titles)]))


def _could_wait(session: Session, day: Today) -> None:
    """What is due and left over, said plainly."""
    if day.waiting:
        text = say_count(
            "{count} more could wait; nothing is lost.",
            "{count} more could wait; nothing is lost.",
            day.waiting,
        )
        st.caption(f":material/hourglass_empty: {session.translate(text)}")


def _done(session: Session, day: Today, address: StudyAddress) -> None:
    translate = session.translate
    page_title(
        translate(say("Done for today")) if day.answered else translate(say("Nothing is due"))
    )
    now = clock.now()
    if not session.study.course(now).items:
        st.info(
            translate(
                say(
                    "There is no card to study yet. Put cards into the content folder, or mend the "
                    "problems that “python -m engine check” lists."
                )
            )
        )
        return
    _could_wait(session, day)
    with st.container(key="start"):
        st.button(
            translate(say("Study more today **Enter**")),
            key="study-more",
            on_click=actions.study_more,
            args=(address,),
            help=translate(
                say("Another portion of your minutes: first what could wait, then what is new.")
            ),
        )
    st.page_link(
        sessions.page_of("practice"),
        label=translate(say("Practise any concept")),
        icon=":material/target:",
    )


def _summary(session: Session, summary: Summary) -> None:
    translate = session.translate
    st.header(translate(say("Today so far")), anchor=False)
    minutes = max(1, round(summary.seconds / 60))
    st.markdown(
        translate(
            say(
                "{right} of {answered} right, in {time}.",
                right=summary.right,
                answered=say_count("{count} answer", "{count} answers", summary.answered),
                time=say_count("{count} minute", "{count} minutes", minutes),
            )
        )
    )
    _concepts(session, summary)
    _misconceptions(session, summary)
    if summary.sureness:
        st.markdown(f"**{translate(say('How sure, against how right'))}**")
        with apart():
            chart = charts.learner_calibration(summary.sureness, session.person.language)
            st.vega_lite_chart(
                charts.themed(chart, sessions.theme()),
                key="sureness",
                width="stretch",
                theme=None,
                alt=_sureness_words(session, summary),
            )
        st.caption(_sureness_words(session, summary))
    _coming(session, summary)


def _concepts(session: Session, summary: Summary) -> None:
    translate = session.translate
    cards = session.study.course(clock.now()).cards
    lines = []
    for concept in summary.concepts:
        if concept.card not in cards:
            continue
        title = in_language(cards[concept.card].title, session.person.language)
        new = f" · {translate(say('new'))}" if concept.new else ""
        lines.append(f"- {title}: {concept.right}/{concept.answered}{new}")
    if lines:
        st.markdown(f"**{translate(say('What you worked on'))}**\n\n" + "\n".join(lines))


def _misconceptions(session: Session, summary: Summary) -> None:
    translate = session.translate
    cards = session.study.course(clock.now()).cards
    lines = []
    for shown in summary.misconceptions:
        card = cards.get(shown.card)
        title = in_language(card.title, session.person.language) if card else shown.card
        text = shown.feedback or f"*{shown.name.replace('-', ' ')}*"
        lines.append(f"- {title} (×{shown.times}): {text}")
    if lines:
        heading = translate(say("Misconceptions that showed"))
        st.markdown(f"**{heading}**\n\n" + "\n".join(lines))


def _sureness_words(session: Session, summary: Summary) -> str:
    translate = session.translate
    return " ".join(
        translate(
            say(
                "Said {stated}: right {right} of {answered}.",
                stated=percent(stated),
                right=right,
                answered=answered,
            )
        )
        for stated, answered, right in summary.sureness
    )


def _coming(session: Session, summary: Summary) -> None:
    translate = session.translate
    days = [(day, count) for day, count in summary.coming.items() if count]
    if not days:
        return
    language = session.person.language
    text = " · ".join(
        f"{short_date(day, language)}: {translate(say_count('{count} item', '{count} items', n))}"
        for day, n in days
    )
    st.markdown(f"**{translate(say('What the coming days hold'))}**\n\n{text}")
