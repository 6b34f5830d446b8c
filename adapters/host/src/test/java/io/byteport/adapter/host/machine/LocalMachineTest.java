package io.byteport.adapter.host.machine;

class LocalMachineTest extends MachineContract {
  private final Machine machine =
      new LocalMachine("here", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

  @Override
  Machine machine() {
    return machine;
  }
}
