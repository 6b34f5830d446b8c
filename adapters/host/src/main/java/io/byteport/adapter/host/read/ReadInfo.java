package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code host.info}: what machine this is. */
public final class ReadInfo {
  record Input(Host host) implements OnHost {}

  record Output(String os, String kernel, @Nullable String instanceId) {}

  private ReadInfo() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.info",
        Input.class,
        Output.class,
        machines,
        input -> Shown.shell("uname -sr; cat /etc/os-release"),
        ReadInfo::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    List<String> parts = Visit.nulSeparated(visit.script(SCRIPT).orFail().stdout());
    if (parts.size() != 3) {
      throw ActionException.refused(FailureKind.INVALID, "uname answers " + parts);
    }
    String id = parts.get(2).strip();
    return new Output(
        os(parts.get(1)),
        parts.get(0).strip(),
        id.matches("i-[0-9a-f]{8,17}|[0-9]{6,20}") ? id : null);
  }

  /** PRETTY_NAME of os-release(5), which may be quoted as in a shell. */
  static String os(String osRelease) {
    for (String line : osRelease.split("\n", -1)) {
      if (line.startsWith("PRETTY_NAME=")) {
        return line.substring("PRETTY_NAME=".length()).replaceAll("^[\"']|[\"']$", "");
      }
    }
    return "unknown";
  }

  /** The instance is known to the firmware, else to cloud-init, else to the metadata service. */
  private static final Script SCRIPT =
      new Script(
          "info",
          """
          uname -sr; printf '\\0'
          cat /etc/os-release 2>/dev/null || cat /usr/lib/os-release 2>/dev/null; printf '\\0'
          id=$(cat /sys/class/dmi/id/board_asset_tag 2>/dev/null)
          case $id in i-*) ;; *) id=$(cat /var/lib/cloud/data/instance-id 2>/dev/null) ;; esac
          if [ -z "$id" ] && command -v curl >/dev/null 2>&1; then
            case $(cat /sys/class/dmi/id/product_name /sys/class/dmi/id/sys_vendor 2>/dev/null) in
              *Google*)
                id=$(curl -sf --noproxy '*' --max-time 2 -H 'Metadata-Flavor: Google' \
                  http://169.254.169.254/computeMetadata/v1/instance/id) ;;
              *Amazon*)
                token=$(curl -sf --noproxy '*' --max-time 2 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' \
                  http://169.254.169.254/latest/api/token)
                id=$(curl -sf --noproxy '*' --max-time 2 -H "X-aws-ec2-metadata-token: $token" \
                  http://169.254.169.254/latest/meta-data/instance-id) ;;
            esac
          fi
          printf '%s\\0' "$id"
          """);
}
