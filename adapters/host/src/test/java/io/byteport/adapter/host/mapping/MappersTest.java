package io.byteport.adapter.host.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.mapping.CgroupMapper.CgroupMemory;
import io.byteport.adapter.host.mapping.MeminfoMapper.Meminfo;
import io.byteport.adapter.host.mapping.ProcStatMapper.CpuUse;
import io.byteport.adapter.host.model.Directory;
import io.byteport.adapter.host.model.Filesystem;
import io.byteport.adapter.host.model.Line;
import io.byteport.adapter.host.model.Process;
import io.byteport.adapter.host.model.ProcessRuntime;
import io.byteport.adapter.host.model.Unit;
import io.byteport.adapter.host.model.UnitState;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.engine.spi.ActionException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappersTest {

  @Test
  void df_of_coreutils_is_read() {
    List<Filesystem> found =
        DfMapper.filesystems(
            """
            Filesystem                     Type     1024-blocks     Used Available Capacity Mounted on
            udev                           devtmpfs     1967380        0   1967380       0% /dev
            /dev/mapper/vg--data-root--lv  ext4        41022688 38123456    801392      98% /
            /dev/nvme0n1p1                 vfat          523244     5952    517292       2% /boot/efi
            //nas.example.com/my share     cifs       976762584 42000000 934762584       5% /mnt/my share/with  two
            tmpfs                          tmpfs         401344      892    400452       1% /run
            -                              autofs             0        0         0       - /misc
            """,
            """
            Filesystem                     Inodes  IUsed   IFree IUse% Mounted on
            udev                           491845    428  491417    1% /dev
            /dev/mapper/vg--data-root--lv 2621440 131072 2490368    5% /
            /dev/nvme0n1p1                      0      0       0     - /boot/efi
            //nas.example.com/my share          0      0       0     - /mnt/my share/with  two
            """,
            "");

    assertThat(found.stream().map(Filesystem::mount))
        .containsExactly("/dev", "/", "/boot/efi", "/mnt/my share/with  two", "/run", "/misc");
    Filesystem root = found.get(1);
    assertThat(root.device()).isEqualTo("/dev/mapper/vg--data-root--lv");
    assertThat(root.size()).isEqualTo(new DataSize(41_022_688L * 1024));
    assertThat(root.usedPercent().points()).isBetween(97.9, 98.0);
    assertThat(root.inodesUsedPercent()).isEqualTo(new Percent(5));
    assertThat(found.get(2).inodesUsedPercent()).isEqualTo(new Percent(0));
    assertThat(found.get(3).device()).isEqualTo("//nas.example.com/my share");
    assertThat(found.stream().filter(DfMapper::isOnDisk).map(Filesystem::mount))
        .containsExactly("/", "/boot/efi", "/mnt/my share/with  two");
  }

  @Test
  void df_of_busybox_and_a_reserve_that_is_used_up_are_read() {
    Filesystem found =
        DfMapper.filesystems(
                """
                Filesystem           Type       1024-blocks    Used Available Capacity Mounted on
                /dev/vda1            ext4          1000000    990000     -40000 104% /
                """,
                "", "")
            .getFirst();
    assertThat(found.free()).isEqualTo(new DataSize(0));
    assertThat(found.usedPercent()).isEqualTo(new Percent(100));
  }

  @Test
  void mount_points_that_df_cannot_print_come_from_the_kernel() {
    List<Filesystem> found =
        DfMapper.filesystems(
            "/dev/sdb1 ext4 1000 100 900 10% /mnt/a?b c\\d\n",
            "", "36 35 98:0 / /mnt/a\\012b\\040c\\134d rw,noatime master:1 - ext4 /dev/sdb1 rw\n");
    assertThat(found.getFirst().mount()).isEqualTo("/mnt/a\nb c\\d");
  }

  @Test
  void a_directory_that_mostly_consists_of_another_is_left_out() {
    assertThat(
            DuMapper.largest(
                List.of(
                    "1000\t/var",
                    "950\t/var/lib",
                    "600\t/var/lib/docker",
                    "300\t/var/lib/a\tb",
                    "20\t/var/log",
                    "rubbish"),
                "/",
                3))
        .containsExactly(
            new Directory("/var/lib", new DataSize(950 * 1024)),
            new Directory("/var/lib/docker", new DataSize(600 * 1024)),
            new Directory("/var/lib/a\tb", new DataSize(300 * 1024)));
  }

  @Test
  void the_journal_is_read_whatever_a_message_holds() throws ActionException {
    assertThat(
            JournalMapper.lines(
                """
                {"__REALTIME_TIMESTAMP":"1767582245123456","_PID":"1","MESSAGE":"Started api-server.service - API."}
                {"__REALTIME_TIMESTAMP":"1767582246000000","MESSAGE":[255,104,105,10]}
                {"__REALTIME_TIMESTAMP":"1767582247000000","MESSAGE":null}
                {"__REALTIME_TIMESTAMP":"1767582248000000","MESSAGE":"two\\nlines \\u001b[31m; rm -rf / $(id)"}
                {"__REALTIME_TIMESTAMP":"1767582249000000","MESSAGE":["first","second"]}
                """))
        .containsExactly(
            new Line(
                Instant.parse("2026-01-05T03:04:05.123456Z"), "Started api-server.service - API."),
            new Line(Instant.parse("2026-01-05T03:04:06Z"), "\ufffdhi\n"),
            new Line(Instant.parse("2026-01-05T03:04:07Z"), ""),
            new Line(
                Instant.parse("2026-01-05T03:04:08Z"), "two\nlines \u001b[31m; rm -rf / $(id)"),
            new Line(Instant.parse("2026-01-05T03:04:09Z"), "first"));
    assertThatThrownBy(() -> JournalMapper.lines("-- No entries --"))
        .hasMessage("cannot read what `journalctl` printed: `-- No entries --`");
  }

  @Test
  void the_disk_that_the_journal_holds_is_read_in_its_versions() throws ActionException {
    assertThat(
            JournalMapper.diskUsage(
                "Archived and active journals take up 1.2G in the file system.\n"))
        .isEqualTo(new DataSize(1_288_490_189L));
    assertThat(JournalMapper.diskUsage("Archived and active journals take up 56.0M on disk."))
        .isEqualTo(new DataSize(56 << 20));
    assertThat(JournalMapper.diskUsage("Journals take up 0B in the file system."))
        .isEqualTo(new DataSize(0));
    assertThatThrownBy(() -> JournalMapper.diskUsage("No journal files were found."))
        .hasMessageContaining("No journal files");
  }

  @Test
  void the_log_of_the_kernel_is_read() {
    assertThat(
            JournalMapper.kernel(
                """
                2026-01-05T03:04:05,123456+00:00 Out of memory: Killed process 4242 (java) total-vm:1kB
                2026-01-05T03:04:06,000001+0000 oom_reaper: reaped process 4242 (java)
                 goes on
                """))
        .containsExactly(
            new Line(
                Instant.parse("2026-01-05T03:04:05.123456Z"),
                "Out of memory: Killed process 4242 (java) total-vm:1kB"),
            new Line(
                Instant.parse("2026-01-05T03:04:06.000001Z"),
                "oom_reaper: reaped process 4242 (java)\n goes on"));
  }

  @Test
  void units_are_read() {
    Map<String, String> active =
        UnitMapper.properties(
                """
                Id=api-server.service
                LoadState=loaded
                ActiveState=active
                NRestarts=3
                ActiveEnterTimestamp=Mon 2026-01-05 03:04:05 UTC
                StateChangeTimestamp=Mon 2026-01-05 03:04:04 UTC
                ExecStart={ path=/usr/bin/api ; argv[]=/usr/bin/api --port=80 }
                """)
            .getFirst();
    assertThat(active)
        .containsEntry("ExecStart", "{ path=/usr/bin/api ; argv[]=/usr/bin/api --port=80 }");
    assertThat(UnitMapper.unit(active))
        .contains(
            new Unit(
                "api-server.service", UnitState.ACTIVE, 3, Instant.parse("2026-01-05T03:04:05Z")));
    assertThat(
            UnitMapper.unit(
                Map.of(
                    "Id",
                    "x.service",
                    "LoadState",
                    "loaded",
                    "ActiveState",
                    "failed",
                    "NRestarts",
                    "[not set]",
                    "StateChangeTimestamp",
                    "@1767582245")))
        .contains(
            new Unit("x.service", UnitState.FAILED, 0, Instant.parse("2026-01-05T03:04:05Z")));
    assertThat(
            UnitMapper.unit(
                Map.of("Id", "x.service", "LoadState", "not-found", "ActiveState", "inactive")))
        .isEmpty();
    assertThat(UnitMapper.properties("Id=a\n\nId=b\n")).hasSize(2);
    assertThat(UnitMapper.instant("n/a")).isNull();
  }

  @Test
  void memory_is_read_also_of_kernels_that_do_not_tell_what_is_available() throws ActionException {
    Meminfo now =
        MeminfoMapper.meminfo(
            """
            MemTotal:        8048536 kB
            MemFree:          204388 kB
            MemAvailable:     804853 kB
            Buffers:          100000 kB
            SwapTotal:       2097148 kB
            SwapFree:        1048574 kB
            HugePages_Total:       0
            Active(anon):    5000000 kB
            """);
    assertThat(now.total()).isEqualTo(new DataSize(8_048_536L * 1024));
    assertThat(now.used()).isEqualTo(new DataSize((8_048_536L - 804_853) * 1024));
    assertThat(now.swapUsed()).isEqualTo(new DataSize(1_048_574L * 1024));
    assertThat(
            MeminfoMapper.meminfo(
                    "MemTotal: 100 kB\nMemFree: 10 kB\nBuffers: 5 kB\nCached: 20 kB\n")
                .available())
        .isEqualTo(new DataSize(35 * 1024));
    assertThatThrownBy(() -> MeminfoMapper.meminfo("nothing")).hasMessageContaining("meminfo");
  }

  @Test
  void processors_are_read_between_two_readings() throws ActionException {
    CpuUse use =
        ProcStatMapper.between(
            ProcStatMapper.cpu("cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 1 2 3 4\n"),
            ProcStatMapper.cpu("cpu  150 10 60 810 60 0 0 10 0 0\n"));
    assertThat(use.used()).isEqualTo(new Percent(80));
    assertThat(use.user()).isEqualTo(new Percent(60));
    assertThat(use.iowait()).isEqualTo(new Percent(10));
    assertThat(use.steal().points()).isBetween(9.99, 10.01);
  }

  @Test
  void pressure_and_descriptors_are_read() throws ActionException {
    assertThat(
            ProcStatMapper.pressure(
                """
                some avg10=12.34 avg60=5.00 avg300=1.20 total=123456
                full avg10=0.00 avg60=0.00 avg300=0.00 total=0
                """))
        .containsKeys("some", "full")
        .extractingByKey("some")
        .isEqualTo(new ProcStatMapper.Stall(new Percent(12.34), new Percent(5), new Percent(1.2)));
    assertThat(ProcStatMapper.fileNr("9216\t128\t9223372036854775807\n").used()).isEqualTo(9088);
    assertThatThrownBy(() -> ProcStatMapper.fileNr("x")).isInstanceOf(ActionException.class);
  }

  @Test
  void control_groups_of_both_versions_are_read() throws ActionException {
    assertThat(
            CgroupMapper.memory(
                List.of(
                    "2",
                    "536870912\n",
                    "1073741824\n",
                    "anon 400000000\nfile 1000\n",
                    "low 0\noom 2\noom_kill 1\n")))
        .isEqualTo(
            new CgroupMemory(
                2,
                new DataSize(536_870_912),
                new DataSize(400_000_000),
                new DataSize(1L << 30),
                1));
    assertThat(
            CgroupMapper.memory(
                List.of(
                    "1",
                    "500\n",
                    "9223372036854771712\n",
                    "rss 1\ntotal_rss 300\n",
                    "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n")))
        .isEqualTo(new CgroupMemory(1, new DataSize(500), new DataSize(300), null, 4));
    assertThat(CgroupMapper.memory(List.of("2", "5", "max\n", "", "")).max()).isNull();
    assertThatThrownBy(() -> CgroupMapper.memory(List.of("2", "", "", "", "")))
        .isInstanceOf(ActionException.class);
  }

  @Test
  void processes_are_read_whatever_they_call_themselves() {
    String rest = " 4194560 0 0 0 0 100 50 0 0 20 0 8 0 360000 1000000 2560 0 0 0";
    List<Process> found =
        ProcessMapper.processes(
            List.of(
                "1767000000",
                "100",
                "4096",
                "7200.00 100.00\n",
                "42 (a b) (c) S 1 42 42 0 -1" + rest,
                "/opt/x --y ",
                "0::/system.slice/api.service\n",
                "2 (kthreadd) S 0 0 0 0 -1" + rest,
                "",
                "",
                "77 (java) S 1 77 77 0 -1" + rest,
                "/usr/bin/java -Xmx1g -jar a.jar ",
                "12:memory:/system.slice/tomcat.service\n"
                    + "1:name=systemd:/system.slice/tomcat.service\n",
                "78 (node) Z 1 78 78 0 -1" + rest,
                "",
                ""),
            new Host("web-1"));
    assertThat(found.stream().map(Process::name)).containsExactly("a b) (c", "java");
    assertThat(found.get(0).unit()).isEqualTo("api.service");
    assertThat(found.get(1).runtime()).isEqualTo(ProcessRuntime.JVM);
    assertThat(found.get(1).unit()).isEqualTo("tomcat.service");
    assertThat(found.get(1).startedAt()).isEqualTo(Instant.ofEpochSecond(1_767_003_600));
  }

  @Test
  void who_is_busy_now_is_told_from_who_was_busy_long_ago() {
    List<Process> found =
        ProcessMapper.busy(
            List.of(
                "7198.00 100.00",
                stat(42, 1_000, 100),
                stat(77, 500_000, 100),
                "",
                "1767000000",
                "100",
                "4096",
                "7200.00 100.00",
                stat(42, 1_300, 100),
                "/opt/busy ",
                "",
                stat(77, 500_000, 100),
                "/opt/was-busy ",
                "",
                stat(78, 10, 719_900),
                "/opt/new ",
                ""),
            null);
    assertThat(found.stream().map(each -> each.pid() + " " + each.cpu()))
        .containsExactly("42 150%", "77 0%", "78 5%");
    assertThat(ProcessMapper.busy(List.of("7198.00 100.00", stat(42, 1, 1)), null)).isEmpty();
  }

  /** Of a process that has used so many ticks since a start in ticks. */
  private static String stat(int pid, int used, int start) {
    return "%d (x) S 1 1 1 0 -1 4194560 0 0 0 0 %d 0 0 0 20 0 8 0 %d 1000000 2560 0 0 0"
        .formatted(pid, used, start);
  }

  @Test
  void docker_and_crictl_are_read() throws ActionException {
    Map<String, ContainerMapper.Usage> usage =
        ContainerMapper.dockerUsage(
            """
            {"Active":"2","Reclaimable":"1.5GB (60%)","Size":"2.5GB","TotalCount":"9","Type":"Images"}
            {"Active":"1","Reclaimable":"0B (0%)","Size":"12.3kB","TotalCount":"1","Type":"Containers"}
            {"Active":"0","Reclaimable":"104.9MB","Size":"104.9MB","TotalCount":"3","Type":"Build Cache"}
            """);
    assertThat(usage.get("Images"))
        .isEqualTo(
            new ContainerMapper.Usage(new DataSize(2_500_000_000L), new DataSize(1_500_000_000L)));
    assertThat(usage.get("Containers").size()).isEqualTo(new DataSize(12_300));
    assertThat(
            ContainerMapper.imageBytes(
                """
                {"status":{"imageFilesystems":[{"usedBytes":{"value":"1000"}},{"usedBytes":{"value":"234"}}],
                 "containerFilesystems":[]}}\
                """))
        .isEqualTo(new DataSize(1234));
    assertThat(ContainerMapper.imageBytes("{\"status\":[{\"usedBytes\":{\"value\":\"7\"}}]}"))
        .isEqualTo(new DataSize(7));
    assertThat(
            ContainerMapper.reclaimable(
                """
                {"images":[{"id":"sha256:a","size":"100"},{"id":"sha256:b","size":"20","repoTags":["x:1"]},
                 {"id":"sha256:c","size":"3","pinned":true}]}\
                """,
                """
                {"containers":[{"imageRef":"x:1","image":{"image":"x:1"}}]}\
                """))
        .isEqualTo(new DataSize(100));
    assertThatThrownBy(() -> ContainerMapper.dockerUsage("permission denied"))
        .isInstanceOf(ActionException.class);
  }

  @Test
  void heaps_of_several_collectors_are_read() {
    assertThat(
            HeapMapper.used(
                """
                4242:
                 garbage-first heap   total reserved 4194304K, committed 524288K, used 91136K [0x0, 0x1)
                  region size 2048K, 20 young (40960K), 4 survivors (8192K)
                 Metaspace       used 60123K, committed 60800K, reserved 1114112K
                  class space    used 7000K, committed 7300K, reserved 1048576K
                """))
        .isEqualTo(new DataSize(91_136L * 1024));
    assertThat(
            HeapMapper.used(
                """
                 def new generation   total 9792K, used 5000K [0x0, 0x1, 0x2)
                  eden space 8704K,  45% used [0x0, 0x1, 0x2)
                 tenured generation   total 21888K, used 1000K [0x0, 0x1, 0x2)
                   the space 21888K,   3% used [0x0, 0x1, 0x2)
                 Metaspace       used 3000K, committed 3200K
                """))
        .isEqualTo(new DataSize(6000L * 1024));
    assertThat(HeapMapper.used(" ZHeap           used 64M, capacity 254M, max capacity 4012M\n"))
        .isEqualTo(new DataSize(64L << 20));
    assertThat(HeapMapper.used("4242:\ncom.sun.tools.attach.AttachNotSupportedException")).isNull();
    assertThat(HeapMapper.jvmCeiling("java -Xmx512m -Xmx2g -jar x"))
        .isEqualTo(new DataSize(2L << 30));
    assertThat(HeapMapper.jvmCeiling("java -jar x")).isNull();
    assertThat(HeapMapper.nodeCeiling("node --max-old-space-size=4096 server.js"))
        .isEqualTo(new DataSize(4L << 30));
    assertThat(
            HeapMapper.gcOverhead(
                "sun.gc.collector.0.time=200\n"
                    + "sun.gc.collector.1.time=300\n"
                    + "sun.os.hrt.ticks=10000\n"))
        .isEqualTo(new Percent(5));
    assertThat(HeapMapper.gcOverhead("")).isNull();
  }
}
