package io.byteport.adapter.kubernetes.watch;

/** Takes the objects of one informer, one after the other. */
interface Sink<T> {

  /**
   * An object as it is now.
   *
   * @param known whether it was there already when the informer began to look
   */
  void changed(T object, boolean known);

  void gone(T object);
}
