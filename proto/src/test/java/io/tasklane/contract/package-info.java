/** What the wire contract itself promises: it is described in full, and its rules hold. */
package io.tasklane.contract;
