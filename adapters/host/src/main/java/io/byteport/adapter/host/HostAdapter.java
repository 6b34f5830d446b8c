package io.byteport.adapter.host;

import io.byteport.adapter.host.acme.ReadRateLimit;
import io.byteport.adapter.host.acme.RehearseRenewal;
import io.byteport.adapter.host.acme.Renew;
import io.byteport.adapter.host.change.BackupFiles;
import io.byteport.adapter.host.change.CleanPackageCaches;
import io.byteport.adapter.host.change.CompressFiles;
import io.byteport.adapter.host.change.DeleteFiles;
import io.byteport.adapter.host.change.GrowFilesystem;
import io.byteport.adapter.host.change.PruneImages;
import io.byteport.adapter.host.change.RestartUnit;
import io.byteport.adapter.host.change.RestoreFiles;
import io.byteport.adapter.host.change.RunProgram;
import io.byteport.adapter.host.change.SignalProcess;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.proc.InspectProcess;
import io.byteport.adapter.host.proc.ReadCgroupMemory;
import io.byteport.adapter.host.proc.ReadHeap;
import io.byteport.adapter.host.proc.ReadMeminfo;
import io.byteport.adapter.host.proc.ReadSwapRate;
import io.byteport.adapter.host.proc.Renice;
import io.byteport.adapter.host.proc.SaveHeap;
import io.byteport.adapter.host.proc.SetOomScore;
import io.byteport.adapter.host.proc.TopProcesses;
import io.byteport.adapter.host.read.DockerUsage;
import io.byteport.adapter.host.read.FileDescriptors;
import io.byteport.adapter.host.read.FindProcess;
import io.byteport.adapter.host.read.JournalUsage;
import io.byteport.adapter.host.read.LargestDirectories;
import io.byteport.adapter.host.read.LastDeploy;
import io.byteport.adapter.host.read.ListFilesystems;
import io.byteport.adapter.host.read.ReadContainerRuntime;
import io.byteport.adapter.host.read.ReadCpu;
import io.byteport.adapter.host.read.ReadFilesystem;
import io.byteport.adapter.host.read.ReadInfo;
import io.byteport.adapter.host.read.ReadJournal;
import io.byteport.adapter.host.read.ReadKernelLog;
import io.byteport.adapter.host.read.ReadMemory;
import io.byteport.adapter.host.read.ReadPressure;
import io.byteport.adapter.host.read.ReadUnit;
import io.byteport.adapter.host.read.WhichPrograms;
import io.byteport.adapter.host.tls.FindCertificate;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.WatchSource;
import java.util.List;

/**
 * The families {@code host}, {@code proc}, {@code shell} and {@code acme}: actions on the machines
 * of an inventory, see {@link Machines} for what its entries say. A machine is connected to when it
 * is first needed. Safe for several threads.
 */
public final class HostAdapter implements Adapter {
  private final Machines machines;
  private final List<Action<?, ?>> actions;

  public HostAdapter(Inventory inventory) {
    machines = new Machines(inventory);
    actions =
        List.of(
            ReadFilesystem.on(machines),
            ListFilesystems.on(machines),
            LargestDirectories.on(machines),
            ReadInfo.on(machines),
            WhichPrograms.on(machines),
            DockerUsage.on(machines),
            JournalUsage.on(machines),
            ReadJournal.on(machines),
            ReadKernelLog.on(machines),
            ReadUnit.on(machines),
            ReadContainerRuntime.on(machines),
            ReadMemory.on(machines),
            ReadCpu.on(machines),
            ReadPressure.on(machines),
            FileDescriptors.on(machines),
            LastDeploy.on(machines),
            FindProcess.on(machines),
            FindCertificate.on(machines),
            RehearseRenewal.on(machines),
            Renew.on(machines),
            ReadRateLimit.on(machines),
            BackupFiles.on(machines),
            CleanPackageCaches.on(machines),
            CompressFiles.on(machines),
            DeleteFiles.on(machines),
            GrowFilesystem.on(machines),
            PruneImages.on(machines),
            RestartUnit.on(machines),
            RestoreFiles.on(machines),
            RunProgram.on(machines),
            SignalProcess.on(machines),
            InspectProcess.on(machines),
            ReadCgroupMemory.on(machines),
            ReadHeap.on(machines),
            ReadMeminfo.on(machines),
            ReadSwapRate.on(machines),
            Renice.on(machines),
            SaveHeap.on(machines),
            SetOomScore.on(machines),
            TopProcesses.on(machines));
  }

  @Override
  public List<Action<?, ?>> actions() {
    return actions;
  }

  @Override
  public List<WatchSource> watches() {
    return List.of();
  }

  @Override
  public void close() {
    machines.close();
  }
}
