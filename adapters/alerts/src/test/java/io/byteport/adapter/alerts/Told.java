package io.byteport.adapter.alerts;

import io.byteport.engine.channel.Message;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport.Notification;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Messages about the end of a run. */
public final class Told {
  private Told() {}

  /** One that says that the run ended so. */
  public static Message that(String result) {
    return new Message(
        new RunId("run-7"),
        new Notification(
            result,
            Map.of(),
            "info",
            "Disk pressure on web-01 " + result,
            null,
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            "k",
            Duration.ofHours(1)),
        List.of(),
        new Message.Subject(
            "disk_space_auto_reclaim",
            "infrastructure",
            "disk_pressure",
            "mine",
            "f-1",
            "host/web-01",
            "logs",
            result,
            Given.NOW),
        "https://byteport.example.com/runs/run-7",
        "https://byteport.example.com/runbooks/disk_space_auto_reclaim",
        null,
        null);
  }
}
