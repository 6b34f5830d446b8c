package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Notice;

/** A human can always be reached: at least one kind of channel hears of every escalation. */
final class Escalates implements Check {

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    Notice notice = subject.runbook().escalate().notice();
    if (notice.to().isEmpty()) {
      findings.missing(
          DiagnosticCode.FLOW_NO_ESCALATION,
          notice.span(),
          subject.runbook().span(),
          "expected a channel under `escalate.to`, found none",
          "name at least one of mail, chat, page, issue, room");
    } else if (notice.to().values().stream().allMatch(channel -> channel.when() != null)) {
      findings.add(
          DiagnosticCode.FLOW_NO_ESCALATION,
          notice.span(),
          "expected a channel under `escalate.to` that is always told, found conditions on all",
          "take `when` off one of them");
    }
  }
}
