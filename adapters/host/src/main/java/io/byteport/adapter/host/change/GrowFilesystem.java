package io.byteport.adapter.host.change;

import io.byteport.adapter.host.action.MachineChange;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.MachineFiles;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Action.Changed;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.util.List;

/**
 * {@code host.growFilesystem}: grows the partition, where there is one, and then the filesystem to
 * the size of its device.
 */
public final class GrowFilesystem {
  /** Prints, ended by NUL each: device, type, mount point, sizes of filesystem and device. */
  private static final Script LOOK =
      new Script(
          "device",
          """
          device=$(findmnt -nvro SOURCE -T "$1" | head -n 1)
          type=$(findmnt -nro FSTYPE -T "$1" | head -n 1)
          case $device in /dev/*) ;; *) printf '%s is not on a device of its own, but on %s\\n' "$1" "$device" >&2; exit 4 ;; esac
          device=$(readlink -f -- "$device")
          printf '%s\\0%s\\0%s\\0%s\\0%s\\0' "$device" "$type" "$(stat -L -c %m -- "$1")" \\
            "$(stat -f -c '%b %S' -- "$1" | awk '{ printf "%.0f", $1 * $2 }')" \\
            "$(blockdev --getsize64 "$device" 2>/dev/null || cat "/sys/class/block/${device##*/}/size" | awk '{ printf "%.0f", $1 * 512 }')"
          """);

  /** Arguments: device, type, mount point. growpart says 1 where there is nothing to grow. */
  private static final Script GROW =
      new Script(
          "grow",
          """
          name=${1##*/}
          if [ -e "/sys/class/block/$name/partition" ]; then
            disk=$(basename -- "$(dirname -- "$(readlink -f -- "/sys/class/block/$name")")")
            growpart "/dev/$disk" "$(cat "/sys/class/block/$name/partition")" || [ $? -eq 1 ] || exit 5
          fi
          case $2 in
            ext2|ext3|ext4) resize2fs "$1" ;;
            xfs) xfs_growfs "$3" ;;
          esac
          """);

  /** An ext filesystem counts without its own tables, which take some percent. */
  private static final double AS_LARGE = 0.93;

  record Input(Host host, String path) implements OnHost {}

  record Output(DataSize from, DataSize to) {}

  private record Found(String device, String type, String mount, long size, long deviceSize) {}

  private GrowFilesystem() {}

  public static Action.Change<?, ?> on(Machines machines) {
    return new MachineChange<>(
        "host.growFilesystem", Input.class, Output.class, machines, new Growth());
  }

  private static final class Growth implements MachineChange.Deed<Input, Output> {
    @Override
    public List<String> shown(Input input) {
      String path = Shown.word(input.path());
      return Shown.shell(
          "device=$(findmnt -nro SOURCE -T "
              + path
              + "); growpart DISK PARTITION; resize2fs \"$device\" || xfs_growfs "
              + path);
    }

    @Override
    public boolean repeatable() {
      return true;
    }

    @Override
    public StructValue prepare(Input input, Visit visit)
        throws ActionException, InterruptedException {
      return StructValue.EMPTY.with("from", Value.of(new DataSize(look(input, visit).size())));
    }

    @Override
    public Changed<Output> change(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      Found before = look(input, visit);
      visit.script(GROW, before.device(), before.type(), before.mount()).orFail(Effect.UNKNOWN);
      Found after = look(input, visit);
      return new Changed<>(
          new Output(new DataSize(before.size()), new DataSize(after.size())),
          after.size() > before.size());
    }

    @Override
    public Probe probe(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      Found now = look(input, visit);
      boolean grown =
          memo.get("from") instanceof Value.SizeValue from
              && now.size() > from.value().bytes()
              && now.size() >= now.deviceSize() * AS_LARGE;
      return grown ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
    }

    private static Found look(Input input, Visit visit)
        throws ActionException, InterruptedException {
      Finished finished = visit.script(LOOK, MachineFiles.absolute(input.path())).orFail();
      List<String> f = Visit.nulSeparated(finished.stdout());
      if (f.size() != 5 || !f.get(3).matches("\\d+") || !f.get(4).matches("\\d+")) {
        throw ActionException.refused(
            FailureKind.INVALID,
            "cannot tell what " + input.path() + " is on: " + finished.words());
      }
      if (!f.get(1).matches("ext[234]|xfs")) {
        throw ActionException.refused(
            FailureKind.INVALID, "a filesystem of type " + f.get(1) + " is not grown here");
      }
      return new Found(
          f.get(0), f.get(1), f.get(2), Long.parseLong(f.get(3)), Long.parseLong(f.get(4)));
    }
  }
}
