package io.byteport.adapter.host.read;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.model.Deploy;
import io.byteport.adapter.host.model.Line;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code host.lastDeploy}: the newest line of a journal that looks like a release. */
public final class LastDeploy {
  record Input(Host host, String unit, String pattern, Duration within) implements OnHost {}

  private LastDeploy() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.lastDeploy",
        Input.class,
        Deploy.class,
        machines,
        input ->
            Shown.program(
                "journalctl",
                "--unit=" + input.unit(),
                "--since=-" + input.within().toSeconds() + "s",
                "--grep=" + input.pattern()),
        LastDeploy::look);
  }

  private static @Nullable Deploy look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    Pattern pattern = Patterns.compiled(input.pattern());
    return newest(
        ReadJournal.entries(visit, input.unit(), input.within(), "--lines=" + MOST), pattern);
  }

  /** The release that the newest matching line tells of; null without one. */
  static @Nullable Deploy newest(List<Line> lines, Pattern pattern) {
    for (Line line : lines.reversed()) {
      if (pattern.matcher(line.text()).find()) {
        return new Deploy(
            first(SHA, line.text()),
            line.at(),
            null,
            first(URL, line.text()),
            first(VERSION, line.text()));
      }
    }
    return null;
  }

  private static @Nullable String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? found.group(1) : null;
  }

  private static final int MOST = 20_000;

  /** At least one digit and one letter, so that neither words nor numbers are taken for commits. */
  private static final Pattern SHA =
      Pattern.compile("\\b((?:[0-9]+[a-f]|[a-f]+[0-9])[0-9a-f]{5,38})\\b");

  private static final Pattern URL = Pattern.compile("\\b(https?://[^\\s\"'<>]+)");
  private static final Pattern VERSION =
      Pattern.compile("\\bv?([0-9]+\\.[0-9]+(?:\\.[0-9]+)*(?:-[0-9A-Za-z.]+)?)\\b");
}
