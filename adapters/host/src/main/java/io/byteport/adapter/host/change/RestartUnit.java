package io.byteport.adapter.host.change;

import io.byteport.adapter.host.action.MachineChange;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.action.UnitNames;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.UnitMapper;
import io.byteport.adapter.host.read.ReadUnit;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Action.Changed;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code host.restartUnit}: restarts a unit that the inventory lists for the machine. */
public final class RestartUnit {
  private static final String INVOCATION = "invocation";

  /**
   * Arguments: unit, seconds of grace or nothing, the invocation that is to end. systemd does the
   * whole restart as one job, so that the unit comes up even if nobody is left to ask for it; what
   * is still stopping after the grace is killed.
   */
  private static final Script RESTART =
      new Script(
          "restart",
          """
          unit=$1 grace=$2 before=$3
          value() { systemctl show --no-pager --property="$1" -- "$unit" | sed -n "s/^$1=//p"; }
          now="$(value InvocationID)/$(value ActiveEnterTimestamp)"
          [ "$now" = "$before" ] || { echo "$unit was started anew meanwhile" >&2; exit 7; }
          systemctl restart --no-block -- "$unit" || exit 1
          waited=0 killed=
          while :; do
            state=$(value ActiveState)
            now="$(value InvocationID)/$(value ActiveEnterTimestamp)"
            case $state in
              active) [ "$now" = "$before" ] || exit 0 ;;
              failed) [ "$now" = "$before" ] && [ "$waited" -lt 3 ] || {
                  printf '%s failed: %s\\n' "$unit" "$(value Result)" >&2; exit 6; } ;;
              deactivating)
                if [ -n "$grace" ] && [ -z "$killed" ] && [ "$waited" -ge "$grace" ]; then
                  systemctl kill --signal=KILL -- "$unit" && killed=1 && echo killed
                fi ;;
            esac
            sleep 1; waited=$((waited + 1))
          done
          """);

  record Input(Host host, String unit, @Nullable Duration grace) implements OnHost {}

  record Output(boolean killed) {}

  private RestartUnit() {}

  public static Action.Change<?, ?> on(Machines machines) {
    return new MachineChange<>(
        "host.restartUnit", Input.class, Output.class, machines, new Restart());
  }

  private static final class Restart implements MachineChange.Deed<Input, Output> {
    @Override
    public List<String> shown(Input input) {
      return Shown.program("systemctl", "restart", UnitNames.full(input.unit()));
    }

    @Override
    public boolean repeatable() {
      return false;
    }

    @Override
    public StructValue prepare(Input input, Visit visit)
        throws ActionException, InterruptedException {
      String unit = UnitNames.full(UnitNames.checked(input.unit()));
      List<String> listed = visit.entry().texts("services").stream().map(UnitNames::full).toList();
      if (!listed.contains(unit)) {
        throw ActionException.refused(
            FailureKind.FORBIDDEN,
            "the inventory does not list "
                + unit
                + " among the services of "
                + visit.entry().name()
                + "; it lists "
                + listed);
      }
      Map<String, String> found = properties(unit, visit);
      if (UnitMapper.unit(found).isEmpty()) {
        throw ActionException.refused(
            FailureKind.NOT_FOUND, "there is no unit " + unit + " on " + visit.entry().name());
      }
      return StructValue.EMPTY.with(INVOCATION, Value.of(invocation(found)));
    }

    @Override
    public Changed<Output> change(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      StructValue now = prepare(input, visit);
      if (!now.get(INVOCATION).equals(memo.get(INVOCATION))) {
        throw ActionException.refused(
            FailureKind.CONFLICT,
            input.unit() + " was started anew since it was looked at; nothing is restarted");
      }
      String grace = input.grace() == null ? "" : Long.toString(input.grace().toSeconds());
      Finished restart =
          visit.script(
              RESTART,
              UnitNames.full(input.unit()),
              grace,
              now.get(INVOCATION) instanceof Value.TextValue text ? text.value() : "");
      boolean killed = restart.stdout().text().contains("killed");
      restart.orFail(Effect.UNKNOWN);
      return new Changed<>(new Output(killed), true);
    }

    @Override
    public Probe probe(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      Map<String, String> found = properties(UnitNames.full(input.unit()), visit);
      if (Value.of(invocation(found)).equals(memo.get(INVOCATION))) {
        return "deactivating".equals(found.get("ActiveState")) ? Probe.UNKNOWN : Probe.NOT_DONE;
      }
      return "active".equals(found.get("ActiveState")) ? Probe.TOOK_EFFECT : Probe.UNKNOWN;
    }

    private static Map<String, String> properties(String unit, Visit visit)
        throws ActionException, InterruptedException {
      return ReadUnit.properties(unit, visit).orElse(Map.of());
    }

    private static String invocation(Map<String, String> properties) {
      return properties.getOrDefault("InvocationID", "")
          + "/"
          + properties.getOrDefault("ActiveEnterTimestamp", "");
    }
  }
}
