package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.action.UnitNames;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.UnitMapper;
import io.byteport.adapter.host.model.Unit;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code host.unit}: one unit of systemd. */
public final class ReadUnit {
  record Input(Host host, String unit) implements OnHost {}

  private ReadUnit() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.unit",
        Input.class,
        Unit.class,
        machines,
        input -> Shown.program("systemctl", "show", "--property=" + PROPERTIES, "--", input.unit()),
        ReadUnit::look);
  }

  private static @Nullable Unit look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    return of(input.unit(), visit).orElse(null);
  }

  /** A unit by its name; empty where systemd has none. */
  public static Optional<Unit> of(String name, Visit visit)
      throws ActionException, InterruptedException {
    return properties(name, visit).flatMap(UnitMapper::unit);
  }

  /** What systemd says of a unit, by property. */
  public static Optional<Map<String, String>> properties(String name, Visit visit)
      throws ActionException, InterruptedException {
    String unit = UnitNames.full(UnitNames.checked(name));
    String text =
        visit.text("systemctl", "show", "--no-pager", "--property=" + PROPERTIES, "--", unit);
    return UnitMapper.properties(text).stream().findFirst();
  }

  private static final String PROPERTIES =
      "Id,LoadState,ActiveState,SubState,Result,NRestarts,ActiveEnterTimestamp,StateChangeTimestamp,"
          + "InvocationID,TimeoutStopUSec,MainPID";
}
