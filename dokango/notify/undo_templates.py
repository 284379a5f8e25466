"""What customers are told when a step that they had read of is undone: by the step, `step_undone.‹action›`."""

from __future__ import annotations

from dokango.notify.template import Template

_SUBJECT = ("A correction to order #{number}", "অর্ডার #{number} নিয়ে সংশোধন")


def _t(english: str, bangla: str) -> Template:
    return Template(_SUBJECT, (english, bangla))


UNDO_TEMPLATES: dict[str, Template] = {
    "step_undone.confirm": _t(
        "We told you too early that your order #{number} is confirmed: it waits for us once more. "
        "You need not do anything; we tell you when it is confirmed.",
        "অর্ডার #{number} নিশ্চিত হয়েছে বলে আগেই জানিয়েছিলাম: এটি আবার আমাদের অপেক্ষায় আছে। আপনাকে কিছু করতে হবে না; "
        "নিশ্চিত হলেই জানাব।",
    ),
    "step_undone.cancel": _t(
        "We cancelled your order #{number} by mistake. It stands again as before; please pardon us.",
        "ভুল করে আপনার অর্ডার #{number} বাতিল হয়েছিল। এটি আগের মতোই আছে; ক্ষমা করবেন।",
    ),
    "step_undone.deliver": _t(
        "Your order #{number} was marked as delivered by mistake. It is still on its way to you.",
        "ভুল করে অর্ডার #{number} পৌঁছেছে বলে জানানো হয়েছিল। এটি এখনও আপনার কাছে আসার পথে আছে।",
    ),
    "step_undone.reject_claim": _t(
        "We look at the TrxID of your order #{number} once more. You need not send it again.",
        "অর্ডার #{number}-এর TrxID আমরা আবার দেখছি। আবার পাঠাতে হবে না।",
    ),
    "step_undone.edit": _t(
        "The change of your order #{number} that we told you of was taken back. The order is as it was before.",
        "অর্ডার #{number}-এর যে পরিবর্তনের কথা জানিয়েছিলাম তা ফিরিয়ে নেওয়া হয়েছে। অর্ডারটি আগের মতোই আছে।",
    ),
    "step_undone.refuse_change": _t(
        "We look once more at what you asked for on your order #{number}, and tell you.",
        "অর্ডার #{number} নিয়ে আপনি যা চেয়েছিলেন তা আমরা আবার দেখছি, এবং জানাব।",
    ),
}
