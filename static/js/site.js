import { startCopy } from "./copy.js";
import { startDigestForm } from "./digest_form.js";
import { startDifferences } from "./differences.js";
import { showMachine } from "./my_machine.js";
import { startRules } from "./rules.js";
import { startSearch } from "./search.js";
import { startThemeSwitch } from "./theme_switch.js";
import { startToc } from "./toc.js";

startThemeSwitch();
startCopy();
startDifferences();
startDigestForm();
startRules();
startSearch();
startToc();
showMachine();
