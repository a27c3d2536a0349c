/// The page: one self-contained file.
enum DashboardPage {
  /// Nothing of other places is loaded, and the page talks to its own server only.
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  static let text = #"""
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
    <title>fs-metrics</title>
    <style>
    :root{color-scheme:light dark;--bg:#fff;--fg:#1a1d21;--dim:#5c6370;--line:#dfe3e8;--card:#f7f8fa;--accent:#2457d6;--band:#2457d626;--good:#0a7d38;--bad:#c22430;--warn:#9a6700}
    @media(prefers-color-scheme:dark){:root{--bg:#14171b;--fg:#e6e8eb;--dim:#9aa3af;--line:#333a44;--card:#1b1f25;--accent:#7aa2ff;--band:#7aa2ff2e;--good:#3ccf75;--bad:#ff6b74;--warn:#e3b341}}
    *{box-sizing:border-box}body{margin:0 auto;max-width:76rem;padding:1rem;background:var(--bg);color:var(--fg);font:15px/1.45 system-ui,sans-serif}
    header{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin-bottom:1rem}h1{font-size:1.2rem;margin:0}
    #state{padding:.1rem .6rem;border-radius:1rem;border:1px solid var(--line)}.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}
    button,input{font:inherit;padding:.3rem .6rem;border:1px solid var(--line);border-radius:.4rem;background:var(--bg);color:var(--fg)}button{cursor:pointer}
    button[aria-pressed=true]{border-color:var(--accent);color:var(--accent)}:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
    #cards,#charts{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));margin-bottom:1rem}#charts{grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr))}
    .card,figure{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem;margin:0}.card b{display:block;font-size:1.4rem;font-variant-numeric:tabular-nums}
    .card span,figcaption,small{color:var(--dim)}figcaption{display:flex;justify-content:space-between;gap:1rem;overflow-wrap:anywhere}figcaption b{color:var(--fg);font-variant-numeric:tabular-nums;white-space:nowrap}
    svg{width:100%;height:9rem;display:block;touch-action:pan-y;cursor:crosshair}.l{fill:none;stroke:var(--accent);stroke-width:1.5;vector-effect:non-scaling-stroke}.b{fill:var(--band);stroke:none}
    .g{stroke:var(--line);vector-effect:non-scaling-stroke}.s{fill:var(--accent);opacity:.2}.axis{display:flex;justify-content:space-between;color:var(--dim);font-size:.8rem}
    ul{margin:.3rem 0 1rem;padding-left:1.2rem}#empty{color:var(--dim)}
    </style></head><body>
    <header><h1>fs-metrics</h1><span id="state" role="status">…</span><span id="score"></span>
    <span role="group" aria-label="time" id="spans"></span><input id="filter" type="search" placeholder="filter: name or label" aria-label="filter"></header>
    <div id="cards"></div><ul id="advice"></ul><div id="charts"></div><p id="empty" hidden>There are no metrics yet: fs-metrics collect --every 60s brings some.</p>
    <small>Drag in a chart to look closer; double click, or Escape, to go back. 1 to 5 choose the time, / the filter.</small>
    <script>
    "use strict";
    const $=id=>document.getElementById(id),NS="http://www.w3.org/2000/svg",spans=[["1 h",1],["24 h",24],["7 d",168],["31 d",744],["1 y",8784]];
    let hours=24,shown=new Map(),series=[];
    const make=(tag,text,name)=>{const e=document.createElement(tag);if(text!==undefined)e.textContent=text;if(name)e.className=name;return e};
    const shape=(tag,attributes)=>{const e=document.createElementNS(NS,tag);for(const k in attributes)e.setAttribute(k,attributes[k]);return e};
    function number(v,unit){if(v===null||v===undefined)return"no reading";const a=Math.abs(v);
      if(unit==="By"){const n=["B","KiB","MiB","GiB","TiB"];let i=0,x=v;while(Math.abs(x)>=1024&&i<4){x/=1024;i++}return x.toFixed(i?1:0)+" "+n[i]}
      const t=a>=1000?v.toFixed(0):a>=100?v.toFixed(1):a>=1||a===0?v.toFixed(2):v.toPrecision(3);return t+(unit&&unit!=="1"?" "+unit:"")}
    const when=t=>{const d=new Date(t);return hours<=48?d.toLocaleTimeString([],{hour:"2-digit",minute:"2-digit"}):d.toLocaleDateString([],{month:"short",day:"numeric"})};
    const key=s=>[s.name,...Object.entries(s.labels).map(([k,v])=>k+"="+v)].join(" ");
    const ask=async path=>{const r=await fetch(path);if(!r.ok)throw new Error((await r.json()).error||r.status);return r.json()};
    spans.forEach(([text,h],i)=>{const b=make("button",text);b.setAttribute("aria-pressed",h===hours);b.onclick=()=>{hours=h;document.querySelectorAll("#spans button").forEach((x,j)=>x.setAttribute("aria-pressed",j===i));
      shown.forEach(c=>{c.zoom=null;c.points=null});visible()};$("spans").append(b)});
    function draw(c){const all=c.points||[],zoom=c.zoom,p=zoom?all.filter(x=>x[0]>=zoom[0]&&x[0]<=zoom[1]):all;c.svg.replaceChildren();
      const known=p.filter(x=>x[1]!==null);c.value.textContent=known.length?number(known[known.length-1][1],c.series.unit):"no reading";if(!known.length){c.axis.replaceChildren();return}
      const t0=zoom?zoom[0]:p[0][0],t1=zoom?zoom[1]:p[p.length-1][0];let lo=Math.min(...known.map(x=>x[2])),hi=Math.max(...known.map(x=>x[3]));if(lo===hi){lo-=1;hi+=1}const pad=(hi-lo)*.06;lo-=pad;hi+=pad;
      c.t0=t0;c.t1=t1;const X=t=>t1>t0?(t-t0)/(t1-t0)*1000:500,Y=v=>200-(v-lo)/(hi-lo)*200;
      [0,100,200].forEach(y=>c.svg.append(shape("line",{x1:0,x2:1000,y1:y,y2:y,class:"g"})));
      let part=[];const flush=()=>{if(part.length){const top=part.map(x=>X(x[0]).toFixed(1)+","+Y(x[3]).toFixed(1)),bottom=part.map(x=>X(x[0]).toFixed(1)+","+Y(x[2]).toFixed(1)).reverse();
        c.svg.append(shape("polygon",{points:top.concat(bottom).join(" "),class:"b"}));
        c.svg.append(part.length===1?shape("line",{x1:X(part[0][0])-2,x2:X(part[0][0])+2,y1:Y(part[0][1]),y2:Y(part[0][1]),class:"l"}):shape("polyline",{points:part.map(x=>X(x[0]).toFixed(1)+","+Y(x[1]).toFixed(1)).join(" "),class:"l"}))}part=[]};
      p.forEach(x=>{if(x[1]===null)flush();else part.push(x)});flush();
      c.axis.replaceChildren(make("span",when(t0)),make("span",number(lo+pad,c.series.unit)+" to "+number(hi-pad,c.series.unit)),make("span",when(t1)))}
    async function load(c){if(c.loading)return;c.loading=true;try{const q=new URLSearchParams({name:c.series.name,hours,points:500});for(const k in c.series.labels)q.set(k,c.series.labels[k]);
      c.points=(await ask("api/metrics/history?"+q)).points;draw(c)}catch(e){c.value.textContent=e.message}finally{c.loading=false}}
    function chart(s){const f=make("figure"),cap=make("figcaption"),c={series:s,figure:f,points:null,zoom:null};c.value=make("b","");cap.append(make("span",key(s)),c.value);
      c.svg=shape("svg",{viewBox:"0 0 1000 200",preserveAspectRatio:"none",role:"img",tabindex:0,"aria-label":key(s)});c.axis=make("div",undefined,"axis");f.append(cap,c.svg,c.axis);
      let from=null,mark=null;const at=e=>{const r=c.svg.getBoundingClientRect();return Math.max(0,Math.min(1,(e.clientX-r.left)/r.width))};
      c.svg.onpointerdown=e=>{from=at(e);c.svg.setPointerCapture(e.pointerId);mark=shape("rect",{x:from*1000,y:0,width:0,height:200,class:"s"});c.svg.append(mark)};
      c.svg.onpointermove=e=>{if(from===null)return;const x=at(e);mark.setAttribute("x",Math.min(from,x)*1000);mark.setAttribute("width",Math.abs(x-from)*1000)};
      c.svg.onpointerup=e=>{if(from===null)return;const x=at(e),a=Math.min(from,x),b=Math.max(from,x);from=null;mark.remove();if(b-a>.01&&c.t1>c.t0){const w=c.t1-c.t0;c.zoom=[c.t0+a*w,c.t0+b*w];draw(c)}};
      const back=()=>{c.zoom=null;draw(c)};c.svg.ondblclick=back;c.svg.onkeydown=e=>{if(e.key==="Escape")back()};return c}
    const seen=new IntersectionObserver(entries=>entries.forEach(e=>{const c=[...shown.values()].find(c=>c.figure===e.target);if(c){c.near=e.isIntersecting;if(c.near&&!c.points)load(c)}}),{rootMargin:"200px"});
    function visible(){shown.forEach(c=>{if(c.near&&!c.points)load(c)})}
    function list(){const words=$("filter").value.toLowerCase().split(/\s+/).filter(Boolean);series.forEach(s=>{const k=key(s);if(!shown.has(k)){const c=chart(s);shown.set(k,c);$("charts").append(c.figure);seen.observe(c.figure)}
      shown.get(k).figure.hidden=!words.every(w=>k.toLowerCase().includes(w))});$("empty").hidden=series.length>0}
    async function update(){try{const m=await ask("api/metrics/current");series=m.series;const s=m.status;$("state").textContent=s||"no readings";
      $("state").className=s==="excellent"||s==="good"?"good":s==="fair"?"warn":s?"bad":"";$("score").textContent=m.score===null?"":m.score+" of 100";
      $("cards").replaceChildren(...Object.entries(m.parts).map(([k,p])=>{const c=make("div",undefined,"card");c.append(make("span",k.replaceAll("_"," ")),make("b",number(p.value,""))," ",make("span",p.points+" points"));return c}));
      $("advice").replaceChildren(...m.recommendations.map(r=>make("li",r.priority+": "+r.title+" ("+r.description+")")));list()}
      catch(e){$("state").textContent="no answer: "+e.message;$("state").className="bad"}}
    $("filter").oninput=list;document.onkeydown=e=>{if(e.target.tagName==="INPUT"){if(e.key==="Escape")e.target.blur();return}
      if(e.key==="/"){e.preventDefault();$("filter").focus()}else if(e.key>="1"&&e.key<="5")$("spans").children[e.key-1].click()};
    update();setInterval(()=>{if(!document.hidden){update();shown.forEach(c=>{if(c.near&&!c.zoom)load(c)})}},15000);
    </script></body></html>
    """#
}
