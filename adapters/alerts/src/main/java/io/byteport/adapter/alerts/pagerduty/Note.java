package io.byteport.adapter.alerts.pagerduty;

import io.byteport.engine.channel.Message;

/** What is noted in an incident that was resolved. Pure. */
final class Note {
  private static final int LONGEST = 20_000;

  private Note() {}

  static String of(Message message) {
    Message.Subject subject = message.subject();
    String text =
        "Resolved by the runbook "
            + subject.runbook()
            + (subject.classId() == null ? "" : " (" + subject.classId() + ")")
            + " on "
            + subject.target()
            + ", run "
            + message.run()
            + ". "
            + message.link();
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
