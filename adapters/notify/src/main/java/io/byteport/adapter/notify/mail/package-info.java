/** Mails as people read them, whichever way they travel. */
@NullMarked
package io.byteport.adapter.notify.mail;

import org.jspecify.annotations.NullMarked;
