/** What the proto files say, for tests that hold the code to it. */
package io.tasklane.contract;
