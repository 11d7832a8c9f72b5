package antiphon;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks code that runs for every message between input and output: it must not allocate, lock, block, log or throw
 * for flow. On a type it covers every method, but not constructors and class initialisers, where preallocation
 * belongs. {@code ArchitectureTest} checks what shows in bytecode and source; allocation tests check the rest.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface HotPath {}
