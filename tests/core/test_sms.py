"""Messages reach a phone by an SMS gateway: once, with an end that is said, whatever the gateway does."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qs, unquote

import httpx
import pytest
from sqlalchemy import select, update

from dokango.clock import ManualClock
from dokango.clocks.worker import ask_a_person, tell_owner
from dokango.db import Database, table_of
from dokango.jobs.worker import Work, Worker
from dokango.notify import sms_gateways
from dokango.notify.delivery import SEND_MAIL, SEND_SMS, Delivery, Post
from dokango.notify.models import Message
from dokango.notify.outbox import Telling, tell
from dokango.notify.sms import Sms, send_sms
from dokango.notify.sms_gateways import GATEWAYS, Gateway, is_pattern, matching
from dokango.notify.sms_reading import by_codes
from dokango.notify.sms_text import size_of, written_plainly
from dokango.notify.texting import SmsWay, Texting
from dokango.orders.cases.models import Case
from dokango.settings import Settings
from dokango.shop.accounts import MailServer
from dokango.shop.sms_account import SmsAccount, sms_account

_M, _R = table_of(Message), table_of(Case)
ANY = SmsAccount(
    gateway="other", url="https://sms.example.com/send?to={to}&id={id}", method="POST",
    body="from={sender}&text={text}", accepted=r'"status":\s*"ok"|^OK', sender="8809600000000", part_poisha=25,
)  # fmt: skip
OK = httpx.Response(200, json={"status": "ok"})


class Phones:
    """The outside: a gateway that answers what it is told to, over the real client."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers, self.asked = list(answers), []  # type: ignore[var-annotated]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


class Way:
    """The outbox with its worker, over one gateway."""

    def __init__(self, db: Database, clock: ManualClock, phones: Phones, account: SmsAccount = ANY) -> None:
        self.account = account
        texting = Texting(
            db, clock, lambda tx: SmsWay(self.account, "k"), "https://shop.example.com", tell_owner,
            httpx.MockTransport(phones),
        )  # fmt: skip
        delivery = Delivery(db, clock, lambda tx: Post(MailServer(), ""), "https://shop.example.com", texting)
        works = {
            SEND_MAIL: Work(delivery.send, delivery.given_up), SEND_SMS: Work(delivery.send_sms, delivery.given_up),
        }  # fmt: skip
        self.delivery, self._clock = delivery, clock
        self._worker = Worker(db, clock, works, name="w", rng=Random(1), ask_a_person=ask_a_person)

    def go(self, times: int = 1, wait_s: float = 0) -> None:
        for _ in range(times):
            self.delivery.sort()
            self._worker.run_due()
            self._clock.advance(wait_s)


def write(db: Database, clock: ManualClock, recipient: str = "01711000000", phone: str = "", **data: Any) -> None:
    known = {"number": "1042", "name": "Rahima", "token": "t0k", **data}
    telling = Telling("customer", "order_confirmed", recipient, known, phone)
    db.write(lambda tx: tell(tx, [telling], order_id=None, event_id=None, now_us=clock.now_us()))


def only(db: Database) -> Any:
    (row,) = db.read(lambda tx: tx.rows(select(*_M.c)))
    return row


def problems(db: Database) -> list[str]:
    return [row.kind for row in db.read(lambda tx: tx.rows(select(_R.c.kind).order_by(_R.c.id)))]


def test_a_customer_with_a_phone_alone_is_told_by_sms(db: Database, clock: ManualClock) -> None:
    phones = Phones(OK)
    write(db, clock)
    Way(db, clock, phones).go()
    (request,) = phones.asked
    assert request.url.params["to"] == "8801711000000"
    told = parse_qs(request.content.decode())
    assert told["from"] == ["8809600000000"]
    assert told["text"] == ["Your order #1042 is confirmed. We pack it now. https://shop.example.com/t/t0k My shop"]
    row = only(db)
    assert (row.state, row.channel, row.recipient, row.error) == ("sent", "sms", "01711000000", "")
    assert (row.parts, row.cost_poisha) == (1, 25)


def test_what_customers_typed_cannot_change_the_call(db: Database, clock: ManualClock) -> None:
    phones = Phones(OK)
    write(db, clock, number="1&to=1#{key}?x=ঢাকা+%41")
    Way(db, clock, phones).go()
    (request,) = phones.asked
    assert dict(request.url.params) == {"to": "8801711000000", "id": request.url.params["id"]}
    body = request.content.decode()
    assert body.count("&") == 1 and " " not in body
    assert "1&to=1#{key}?x=ঢাকা+%41" in unquote(body)


@pytest.mark.parametrize(
    ("answers", "state", "calls", "said"),
    [
        ([httpx.Response(200, text="ERROR 12"), OK], "sent", 2, ""),
        ([httpx.Response(500, text="oops"), OK], "sent", 2, ""),
        ([httpx.ConnectError("refused"), OK], "sent", 2, ""),
        ([httpx.ReadTimeout("late"), OK], "uncertain", 1, "not known"),
        ([httpx.RemoteProtocolError("cut"), OK], "uncertain", 1, "not known"),
        ([httpx.Response(200, text="ERROR 12")], "failed", 10, "ERROR 12"),
    ],
    ids=["not taken", "their fault", "not reached", "timed out", "cut", "never taken"],
)
def test_a_message_is_tried_again_unless_it_may_have_gone(
    db: Database, clock: ManualClock, answers: list[Any], state: str, calls: int, said: str
) -> None:
    phones = Phones(*answers)
    write(db, clock)
    Way(db, clock, phones).go(12, wait_s=4_000)
    row = only(db)
    assert (row.state, len(phones.asked)) == (state, calls)
    assert said in row.error
    assert len({request.url.params["id"] for request in phones.asked}) == 1


def test_a_process_that_stopped_while_sending_does_not_send_again(db: Database, clock: ManualClock) -> None:
    phones = Phones(OK)
    write(db, clock)
    way = Way(db, clock, phones)
    way.delivery.sort()
    db.write(lambda tx: tx.run(update(_M).values(state="sending", sent_at=clock.now_us())))
    way.go(2)
    assert (only(db).state, phones.asked) == ("uncertain", [])


def test_without_any_way_a_message_is_off_and_says_what_to_set(db: Database, clock: ManualClock) -> None:
    write(db, clock)
    Way(db, clock, Phones(OK), SmsAccount()).go()
    assert only(db).state == "off"
    assert "neither a mail server nor an SMS gateway" in only(db).error


def test_one_with_mail_and_phone_is_texted_where_there_is_no_mail_server(db: Database, clock: ManualClock) -> None:
    phones = Phones(OK)
    write(db, clock, "rahima@example.com", "01711000000")
    Way(db, clock, phones).go()
    assert (only(db).state, only(db).channel, only(db).recipient) == ("sent", "sms", "01711000000")


def test_what_only_the_owner_can_mend_is_told_once_a_day_and_the_message_waits(
    db: Database, clock: ManualClock
) -> None:
    phones = Phones(*[httpx.Response(200, json={"response_code": 1007, "error_message": "Balance"})] * 2,
                    httpx.Response(200, json={"response_code": 202, "message_id": 9}))  # fmt: skip
    write(db, clock)
    Way(db, clock, phones, SmsAccount(gateway="bulksmsbd", sender="SHOP")).go(4, wait_s=100)
    assert problems(db) == ["messages_stopped"]
    assert (only(db).state, only(db).gateway_id) == ("sent", "9")


def test_a_number_that_is_refused_fails_at_once_and_asks_a_person(db: Database, clock: ManualClock) -> None:
    phones = Phones(httpx.Response(200, json={"response_code": 1001}))
    write(db, clock)
    Way(db, clock, phones, SmsAccount(gateway="bulksmsbd")).go(4, wait_s=4_000)
    assert (only(db).state, len(phones.asked), problems(db)) == ("failed", 1, ["job_failed"])


def test_a_days_limit_holds_the_others_back_until_tomorrow(db: Database, clock: ManualClock) -> None:
    phones = Phones(OK)
    write(db, clock)
    write(db, clock)
    way = Way(db, clock, phones, ANY.model_copy(update={"most_a_day": 1}))
    way.go(3, wait_s=60)
    assert len(phones.asked) == 1
    clock.advance(86_400)
    way.go(2)
    assert len(phones.asked) == 2


ANSWERS = [
    ("bulksmsbd", '{"response_code":202,"message_id":20511}', "accepted", "20511"),
    ("bulksmsbd", '{"status_code":"202"}', "accepted", ""),
    ("bulksmsbd", "202", "accepted", ""),
    ("bulksmsbd", '{"response_code":1032}', "owner", ""),
    ("bulksmsbd", '{"response_code":1012}', "owner", ""),
    ("bulksmsbd", '{"response_code":1005}', "later", ""),
    ("bulksmsbd", '{"response_code":7}', "uncertain", ""),
    ("smsnetbd", '{"error":0,"data":{"request_id":81442}}', "accepted", "81442"),
    ("smsnetbd", '{"error":"0","data":{"request_id":"81442"}}', "accepted", "81442"),
    ("smsnetbd", '{"error":0,"msg":"ok"}', "uncertain", ""),
    ("smsnetbd", '{"error":417,"msg":"Insufficient balance"}', "owner", ""),
    ("smsnetbd", '{"error":416}', "number", ""),
    (
        "ssl", '{"status":"SUCCESS","status_code":200,"smsinfo":[{"sms_status":"SUCCESS","reference_id":"6a1f"}]}',
        "accepted", "6a1f",
    ),
    ("ssl", '{"status":"SUCCESS","status_code":200,"smsinfo":[{"sms_status":"INVALID"}]}', "number", ""),
    ("ssl", '{"status":"FAILED","status_code":4003,"error_message":"IP Blacklisted"}', "owner", ""),
    ("mim", '{"statusCode":"200","status":"Success","trxnId":"AB12"}', "accepted", "AB12"),
    ("mim", '{"statusCode":"401","status":"Failed","responseResult":"IP Black List"}', "owner", ""),
    ("greenweb", '[{"status":"SENT","statusmsg":"SMS Sent"}]', "accepted", ""),
    ("greenweb", '[{"status":"FAILED","statusmsg":"Invalid number"}]', "number", ""),
    ("greenweb", "Error: SMS rate is greater than your account balance", "owner", ""),
    *((row.key, "<html>SUCCESS 202</html>", "uncertain", "") for row in GATEWAYS),
]  # fmt: skip


@pytest.mark.parametrize(("gateway", "answer", "outcome", "theirs"), ANSWERS)
def test_each_gateways_answer_is_read_by_its_body(gateway: str, answer: str, outcome: str, theirs: str) -> None:
    phones = Phones(httpx.Response(200, text=answer))
    account = SmsAccount(gateway=gateway, sender="SHOP", user="u")
    verdict = send_sms(account, "secret", Sms("01711000000", 'Hi "you" ৳5', "m1"), httpx.MockTransport(phones))
    assert (verdict.outcome, verdict.gateway_id) == (outcome, theirs)
    (request,) = phones.asked
    sent = request.content.decode()
    values = json.loads(sent) if sent.startswith("{") else {k: v[0] for k, v in parse_qs(sent).items()}
    assert {"secret", "8801711000000", 'Hi "you" ৳5'} <= set(values.values())
    assert request.url.query in (b"", b"json")


def test_a_gateway_that_is_added_is_offered_filled_in_and_read(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Gateway(
        "pigeon", "Pigeon Post", "https://pigeon.example.com/", "ring={key}&loft={to}&note={text}",
        by_codes(("coo",), {"1": ("accepted", ""), "2": ("owner", "No grain left.")}, ("feather",)),
    )  # fmt: skip
    monkeypatch.setattr(sms_gateways, "GATEWAYS", (*GATEWAYS, row))
    phones = Phones(httpx.Response(200, json={"coo": 1, "feather": "f7"}), httpx.Response(200, json={"coo": 2}))
    outside, sms = httpx.MockTransport(phones), Sms("01711000000", "Hello", "m1")
    verdicts = [send_sms(SmsAccount(gateway="pigeon"), "k", sms, outside) for _ in range(2)]
    assert [(one.outcome, one.gateway_id, one.why) for one in verdicts] == [
        ("accepted", "f7", ""), ("owner", "", "No grain left."),
    ]  # fmt: skip
    assert parse_qs(phones.asked[0].content.decode()) == {"ring": ["k"], "loft": ["8801711000000"], "note": ["Hello"]}
    assert ("pigeon", "Pigeon Post") in sms_gateways.choices()


@pytest.mark.parametrize(
    ("text", "alphabet", "parts"),
    [
        ("", "GSM-7", 0), ("a" * 160, "GSM-7", 1), ("a" * 161, "GSM-7", 2), ("a" * 306, "GSM-7", 2),
        ("a" * 307, "GSM-7", 3), ("[" * 80, "GSM-7", 1), ("[" * 81, "GSM-7", 2),
        ("a" * 152 + "[" + "a" * 152, "GSM-7", 3), ("a" * 152 + "[" + "a" * 153, "GSM-7", 3),
        ("ক" * 70, "UCS-2", 1), ("ক" * 71, "UCS-2", 2),
        ("ক" * 134, "UCS-2", 2), ("ক" * 135, "UCS-2", 3), ("😀" * 35, "UCS-2", 1), ("😀" * 36, "UCS-2", 2),
        ("😀" * 66, "UCS-2", 2), ("😀" * 67, "UCS-2", 3), ("৳" + "a" * 69, "UCS-2", 1),
    ],
)  # fmt: skip
def test_an_sms_is_counted_as_the_operators_count_it(text: str, alphabet: str, parts: int) -> None:
    assert (size_of(text).alphabet, size_of(text).parts) == (alphabet, parts)


def test_an_english_text_is_written_in_letters_that_cost_little_and_bangla_keeps_its_own() -> None:
    assert written_plainly("“৳1,200” – thanks…") == '"Tk 1,200" - thanks...'
    assert written_plainly("৳১,২০০ ধন্যবাদ") == "৳১,২০০ ধন্যবাদ"


@pytest.mark.parametrize("pattern", ["(a+)+$", r"(x|x)*y", "^OK"])
def test_no_pattern_and_no_answer_hold_up_the_worker(pattern: str) -> None:
    assert is_pattern(pattern)
    assert matching(pattern)(200, "a" * 3_000 + "!" * 100_000).outcome == "later"


def test_the_environment_alone_is_enough(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOKANGO_SMS_URL", "https://sms.example.com/?to={to}&text={text}")
    monkeypatch.setenv("DOKANGO_SMS_OK", "^OK")
    account = db.read(lambda tx: sms_account(tx, Settings(data_dir=tmp_path)))
    assert (account.gateway, account.method, account.accepted) == ("other", "GET", "^OK")
    phones = Phones(httpx.Response(200, text="OK 12"))
    text = "ধন্যবাদ & more"
    assert send_sms(account, "", Sms("01711000000", text, "m1"), httpx.MockTransport(phones)).outcome == "accepted"
    assert (phones.asked[0].method, phones.asked[0].url.params["text"]) == ("GET", text)
