package io.byteport.engine.outbox;

import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.Message;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunReport.Notification;
import io.byteport.engine.run.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Channels of a test's: each is told of everything. */
public final class Told implements AutoCloseable {
  private final Dispatch dispatch;
  private final Courier courier;

  public Told(Outbox outbox, Timers timers, Map<String, Channel> channels) {
    this(outbox, timers, Redactor.SHAPES_ONLY, channels);
  }

  public Told(Outbox outbox, Timers timers, Redactor redactor, Map<String, Channel> channels) {
    this.dispatch = new Dispatch(outbox, (occasion, notice) -> all(channels, occasion, notice));
    this.courier =
        new Courier(outbox, timers, redactor, CourierSettings.DEFAULT, SendingListener.SILENT);
    courier.use(channels);
    courier.start();
  }

  public Dispatch dispatch() {
    return dispatch;
  }

  private static Addressed all(
      Map<String, Channel> channels, Occasion occasion, Notification notice) {
    List<Envelope> envelopes = new ArrayList<>();
    channels.keySet().forEach(name -> envelopes.add(new Envelope(name, message(occasion, notice))));
    return new Addressed(envelopes, List.of());
  }

  static Message message(Occasion occasion, Notification notice) {
    Event.Opened opened = occasion.opened();
    RunReport report = occasion.report();
    return new Message(
        opened.run(),
        notice,
        List.of(),
        new Message.Subject(
            opened.runbook(),
            "test",
            opened.signal().type(),
            opened.signal().source(),
            opened.signal().fingerprint(),
            opened.targetKey(),
            report == null ? null : report.classId(),
            report == null ? null : report.result().word(),
            occasion.at()),
        "byteport runs show " + opened.run(),
        "byteport show " + opened.runbook(),
        null,
        null);
  }

  @Override
  public void close() {
    courier.close();
  }
}
