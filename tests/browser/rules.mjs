// html-validate, everything on. What is off has its reason beside it.
export const rules = {
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // How the source is laid out is the template compiler's business, not the reader's.
    "no-trailing-whitespace": "off",
    // <!doctype html> in small letters, as the standard itself is written.
    "doctype-style": ["error", { style: "lowercase" }],
    // "cx-name__part--variant": the convention of GOV.UK's markup, which the components follow.
    "class-pattern": ["error", { pattern: "bem" }],
    // Numbers of telephones are checked by tests/web: they are shown as they are on record, whole.
    "tel-non-breaking": "off",
    // A title may be that of a practice or an agreement, whole: it is for the person who has many pages open.
    "long-title": "off",
    // Boxes that are ticked together have one name: "need" of find help.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit"] }],
    // All files are our own, from the same origin.
    "require-sri": "off",
    "no-inline-style": "error",
    "no-implicit-input-type": "error",
    "prefer-tbody": "error",
    "element-permitted-parent": "error",
    "heading-level": "error",
    "valid-autocomplete": "error",
    "input-missing-label": "error",
    "unique-landmark": "error",
    "wcag/h63": "error",
    "wcag/h71": "error",
  },
};
