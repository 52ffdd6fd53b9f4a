// The axis of an estimate: a rule that is put somewhere by pointer or keyboard. What it says is
// written into the text field beside it, as if it had been typed there; typing there moves the
// rule. Nothing is sent to the server by it.
//
// data: {presentation, low, high, scale, title, unit, field: container, nothing}
const SVG = "http://www.w3.org/2000/svg"
const HEIGHT = 84
const SIDE = 18
const LINE = 48
const GAP = 8
const FINE = 0.005
const COARSE = 0.05
const installed = new WeakMap()
const ruler = document.createElement("canvas").getContext("2d")

const make = (parent, name, attributes, text) => {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  if (text !== undefined) element.textContent = text
  parent.append(element)
  return element
}

const clamp = (value, low, high) => Math.min(Math.max(value, low), high)

// ---- values and places ----------------------------------------------------------------------

const log = (data) => data.scale === "log"

const placeOf = (data, value) =>
  log(data)
    ? value > 0
      ? (Math.log10(value) - Math.log10(data.low)) / (Math.log10(data.high) - Math.log10(data.low))
      : -Infinity
    : (value - data.low) / (data.high - data.low)

// Three digits on a log axis, a 500th of the axis on a linear one; never beyond an end.
function valueAt(data, place) {
  if (place <= 0) return data.low
  if (place >= 1) return data.high
  if (log(data)) {
    const [low, high] = [Math.log10(data.low), Math.log10(data.high)]
    return clamp(Number((10 ** (low + place * (high - low))).toPrecision(3)), data.low, data.high)
  }
  const power = Math.floor(Math.log10((data.high - data.low) / 500))
  const value = data.low + place * (data.high - data.low)
  const rounded = power < 0 ? Number(value.toFixed(-power)) : Math.round(value / 10 ** power) * 10 ** power
  return clamp(rounded, data.low, data.high)
}

const plain = (value) => String(Number(value.toPrecision(12)))

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
const raised = (power) =>
  (power < 0 ? "⁻" : "") + Array.from(String(Math.abs(power)), (d) => SUPERSCRIPTS[d]).join("")

function pretty(value) {
  const size = Math.abs(value)
  if (size === 0 || (size >= 1e-3 && size < 1e6)) return plain(value).replace("-", "−")
  const [mantissa, power] = Number(value.toPrecision(6)).toExponential().split("e")
  const ten = `10${raised(Number(power))}`
  return mantissa === "1" ? ten : `${mantissa.replace("-", "−")}×${ten}`
}

// What was typed, where it is plainly a number; the server reads more than this.
function read(text, unit) {
  let told = text.trim().replace(/[−–]/g, "-")
  if (unit && told.endsWith(unit)) told = told.slice(0, -unit.length).trim()
  const percent = unit !== "%" && told.endsWith("%")
  if (percent) told = told.slice(0, -1).trim()
  told = told.replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (run) =>
    "^" + Array.from(run, (c) => (c === "⁻" ? "-" : SUPERSCRIPTS.indexOf(c))).join("")
  )
  told = told.replace(/^10\s*(?:\^|\*\*)\s*\(?(-?\d+)\)?$/, "1e$1")
  told = told.replace(/\s*[×xX*·]\s*10\s*(?:\^|\*\*)\s*\(?(-?\d+)\)?$/, "e$1")
  const number = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?"
  const fraction = told.match(new RegExp(`^(${number})\\s*/\\s*(${number})$`))
  const value = fraction
    ? Number(fraction[1]) / Number(fraction[2])
    : new RegExp(`^${number}$`).test(told)
      ? Number(told)
      : NaN
  return Number.isFinite(value) ? (percent ? value / 100 : value) : null
}

// ---- ticks ------------------------------------------------------------------------------------

const textWidth = (state, text, size = 13) => {
  ruler.font = `${size}px ${getComputedStyle(state.svg).fontFamily}`
  return ruler.measureText(text).width
}

// Labels that would touch another are not drawn; an end's label stays within the drawing.
function labelled(state, ticks, width) {
  const boxes = []
  for (const tick of ticks) {
    const half = textWidth(state, tick.text) / 2
    const x = clamp(tick.x, half, width - half)
    const last = boxes.at(-1)
    if (last && x - half < last.right + GAP) return null
    boxes.push({ x, right: x + half, text: tick.text })
  }
  return boxes
}

function ticksOf(state, width) {
  const { data } = state
  const x = (value) => SIDE + placeOf(data, value) * (width - 2 * SIDE)
  const tick = (value) => ({ value, x: x(value), text: pretty(value) })
  const within = (value) => placeOf(data, value) > -1e-9 && placeOf(data, value) < 1 + 1e-9
  const candidates = []
  if (log(data)) {
    const first = Math.ceil(Math.log10(data.low) - 1e-9)
    const last = Math.floor(Math.log10(data.high) + 1e-9)
    const powers = Array.from({ length: Math.max(last - first + 1, 0) }, (_, n) => first + n)
    const fine = [first - 1, ...powers].flatMap((p) => [1, 2, 5].map((m) => Number(`${m}e${p}`)))
    if (powers.length < 4) candidates.push(fine.filter(within))
    for (const step of [1, 2, 3, 4, 5, 10, 20, 50, 100]) {
      candidates.push(powers.filter((p) => p % step === 0).map((p) => Number(`1e${p}`)))
    }
    const all = powers.map((p) => x(Number(`1e${p}`)))
    return { minor: all.length * 3 < width ? all : [], labels: first_fit(state, candidates, tick, width) }
  }
  const span = data.high - data.low
  const power = Math.floor(Math.log10(span / 20))
  for (const [factor, up] of [[1, 0], [2, 0], [5, 0], [1, 1], [2, 1], [5, 1], [1, 2]]) {
    const step = Number(`${factor}e${power + up}`)
    const count = Math.floor(data.high / step + 1e-9) - Math.ceil(data.low / step - 1e-9) + 1
    const begin = Math.ceil(data.low / step - 1e-9)
    candidates.push(
      Array.from({ length: Math.max(count, 0) }, (_, n) => Number(((begin + n) * step).toPrecision(12)))
    )
  }
  return { minor: [], labels: first_fit(state, candidates, tick, width) }
}

function first_fit(state, candidates, tick, width) {
  for (const values of candidates) {
    const ticks = values.map(tick)
    const labels = values.length ? labelled(state, ticks, width) : null
    if (labels) return labels.map((label, n) => ({ ...label, at: ticks[n].x }))
  }
  return []
}

// ---- drawing ----------------------------------------------------------------------------------

function draw(state) {
  const { svg, data } = state
  const width = svg.clientWidth
  if (!width) return
  svg.replaceChildren()
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`)
  make(svg, "rect", { class: "ground", x: 0, y: 24, width, height: 34, rx: 6 })
  make(svg, "line", { x1: SIDE, x2: width - SIDE, y1: LINE, y2: LINE })
  const { minor, labels } = ticksOf(state, width)
  for (const x of minor) make(svg, "line", { class: "minor", x1: x, x2: x, y1: LINE - 4, y2: LINE + 4 })
  for (const { at, x, text } of labels) {
    make(svg, "line", { x1: at, x2: at, y1: LINE - 6, y2: LINE + 6 })
    make(svg, "text", { class: "tick", x, y: 75, "text-anchor": "middle" }, text)
  }
  const { value } = state
  const place = value === null ? NaN : placeOf(data, value)
  const shown = place >= -1e-9 && place <= 1 + 1e-9
  const told = shown ? pretty(value) + (data.unit ? ` ${data.unit}` : "") : ""
  if (shown) {
    const x = SIDE + place * (width - 2 * SIDE)
    const half = textWidth(state, told, 15) / 2
    make(svg, "line", { class: "rule", x1: x, x2: x, y1: 22, y2: LINE + 10 })
    make(svg, "circle", { class: "knob", cx: x, cy: LINE, r: 8 })
    make(
      svg,
      "text",
      { class: "told", x: clamp(x, half + 6, width - half - 6), y: 15, "text-anchor": "middle" },
      told
    )
  }
  svg.setAttribute("aria-valuenow", String(shown ? value : valueAt(data, 0.5)))
  svg.setAttribute("aria-valuetext", shown ? told : data.nothing)
}

// ---- the field --------------------------------------------------------------------------------

const fieldOf = (state) => document.querySelector(`.st-key-${state.data.field} input`)

const setText = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set

function write(state, text, done) {
  const field = fieldOf(state)
  if (!field) return
  setText.call(field, text)
  field.dispatchEvent(new Event("input", { bubbles: true }))
  // As if the field had been left, which is when Streamlit takes its text.
  if (done) setTimeout(() => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true })))
}

function put(state, place, done) {
  state.value = valueAt(state.data, clamp(place, 0, 1))
  draw(state)
  write(state, plain(state.value), done)
}

function readField(state) {
  const field = fieldOf(state)
  state.value = field ? read(field.value, state.data.unit) : null
  draw(state)
  return field !== null
}

// ---- pointer and keys -------------------------------------------------------------------------

const pointed = (state, event) => {
  const box = state.svg.getBoundingClientRect()
  return (event.clientX - box.left - SIDE) / (box.width - 2 * SIDE)
}

function listen(state) {
  const { svg } = state
  let before = null // the field's text when the pointer went down; null while it is up
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return
    before = fieldOf(state)?.value ?? ""
    svg.setPointerCapture(event.pointerId)
    svg.focus({ preventScroll: true })
    put(state, pointed(state, event), false)
    event.preventDefault()
  })
  svg.addEventListener("pointermove", (event) => {
    if (before !== null) put(state, pointed(state, event), false)
  })
  svg.addEventListener("pointerup", (event) => {
    if (before === null) return
    before = null
    put(state, pointed(state, event), true)
  })
  svg.addEventListener("pointercancel", () => {
    // The finger scrolls the page: it did not mean the axis.
    if (before === null) return
    write(state, before, true)
    before = null
    readField(state)
  })
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const here = state.value === null ? null : clamp(placeOf(state.data, state.value), 0, 1)
    const steps = {
      ArrowRight: FINE,
      ArrowUp: FINE,
      ArrowLeft: -FINE,
      ArrowDown: -FINE,
      PageUp: COARSE,
      PageDown: -COARSE,
    }
    if (event.key === "Home" || event.key === "End") put(state, event.key === "End" ? 1 : 0, true)
    else if (event.key in steps) put(state, here === null ? 0.5 : moved(state, here, steps[event.key]), true)
    else {
      // Whoever types a number on the axis means the field.
      if (/^[0-9.-]$/.test(event.key)) {
        const field = fieldOf(state)
        field?.focus()
        field?.select()
      }
      return
    }
    event.preventDefault()
  })
  state.typed = (event) => {
    if (event.target === fieldOf(state) && before === null) readField(state)
  }
  document.addEventListener("input", state.typed)
  state.resized = new ResizeObserver(() => draw(state))
  state.resized.observe(svg)
}

// A step that rounding would swallow is made larger.
function moved(state, here, step) {
  let place = here + step
  while (place > 0 && place < 1 && valueAt(state.data, place) === state.value) place += step
  return place
}

function build(parentElement) {
  const root = document.createElement("div")
  root.className = "simcards-axis"
  const svg = make(root, "svg", { role: "slider", tabindex: "0", "aria-orientation": "horizontal" })
  const title = document.createElement("div")
  title.className = "title"
  title.setAttribute("aria-hidden", "true")
  root.append(title)
  parentElement.append(root)
  const state = { root, svg, title, data: {}, value: null }
  listen(state)
  return state
}

export default function (component) {
  const { data, parentElement } = component
  let state = installed.get(parentElement)
  if (!state) {
    state = build(parentElement)
    installed.set(parentElement, state)
  }
  state.data = data
  state.svg.setAttribute("aria-label", data.title)
  state.svg.setAttribute("aria-valuemin", String(data.low))
  state.svg.setAttribute("aria-valuemax", String(data.high))
  state.title.textContent = data.title
  draw(state)
  // The field may be drawn a moment after this component.
  const begin = (left) => {
    if (!readField(state) && left > 0) setTimeout(() => begin(left - 1), 30)
  }
  begin(20)
  return () => {
    document.removeEventListener("input", state.typed)
    state.resized.disconnect()
    state.root.remove()
    installed.delete(parentElement)
  }
}
