package io.byteport.adapter.host;

import org.junit.jupiter.api.AfterEach;

class InjectionTest extends InjectionContract {
  private final Rig rig = Rig.here();

  @Override
  Rig rig() {
    return rig;
  }

  @AfterEach
  void close() {
    rig.close();
  }
}
